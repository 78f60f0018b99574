import type { CauseCode, Confidence } from '../../../values/cause-code.ts';
import type { PullError, PullStage } from '../pull-error.ts';
import { answerAt } from '../registry-words.ts';

/** What a rule looks at: the error, and its clause in lower case. */
export interface Said {
  readonly error: PullError;
  readonly clause: string;
}

/** One way in which a text decides a cause. All conditions that are given must hold; of `phrases` and `patterns` any one. */
export interface Rule {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** Lower case, looked for anywhere in the clause, whose names were lifted out. */
  readonly phrases?: readonly string[];
  /** For the lower-case clause; each must be linear. */
  readonly patterns?: readonly RegExp[];
  readonly stages?: readonly PullStage[];
  readonly statuses?: readonly number[];
  readonly when?: (said: Said) => boolean;
  /** What else the text leaves open, most probable first. */
  readonly or?: readonly CauseCode[];
}

/** A whole word of the message: not a part of a name such as `unauthorized-proxy`. */
export function word(text: string): RegExp {
  return new RegExp(`(?<![\\w./-])${text}(?![\\w/-]|\\.\\w)`);
}

/** Nothing shows that the registry answered: the words are the node's own. */
export function isUnanswered({ error }: Said): boolean {
  return answerAt(error.clause) === null;
}

/** The node's own file system says it, not a registry. */
export const fileDenied = /‹(?:path|store|socket)›"?: permission denied/;

export function applies(rule: Rule, said: Said): boolean {
  const { error, clause } = said;
  if (rule.stages && !rule.stages.includes(error.stage)) return false;
  if (rule.statuses && (error.status === null || !rule.statuses.includes(error.status))) return false;
  if (rule.phrases || rule.patterns) {
    const spoken = rule.phrases?.some((phrase) => clause.includes(phrase)) || rule.patterns?.some((pattern) => pattern.test(clause));
    if (!spoken) return false;
  }
  return rule.when ? rule.when(said) : true;
}
