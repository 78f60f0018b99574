import type { CheckEvidence, CheckResult, ImageCheck } from '../values/check.ts';
import type { CredentialName, Evidence, ImageRegistryFacts } from '../values/evidence.ts';
import type { Verdict } from '../values/verdict.ts';
import { foldLines } from './escape.ts';
import { list } from './human.ts';
import type { CauseTitles } from './make-report.ts';
import { replayRows } from './replay.ts';
import { describeObstacle } from './steps/finding.ts';
import { registryClause } from './steps/registry.ts';
import { secrets } from './steps/secrets.ts';
import { spec } from './steps/spec.ts';

/** What the causes' rules foresee; handed in, so that the report need not know them. */
export interface Expectation {
  readonly result: CheckResult;
  readonly verdict: Verdict;
  /** Nodes of those that the pod could run on for whose platform there is no image. */
  readonly unfit: readonly string[];
}

/** Evidence and what it lets expect → one image's part of the contract of `check -o json`. Pure. */
export function makeCheck({ evidence, namespace, usedBy }: CheckEvidence, expectation: Expectation, causes: CauseTitles): ImageCheck {
  const { result, verdict } = expectation;
  const { code, confidence, alternatives } = verdict;
  const facts = evidence.registry.outcome === 'done' ? (evidence.registry.facts.images[0] ?? null) : null;
  const { family, title } = causes[code];
  return {
    image: verdict.image,
    reference: verdict.reference,
    namespace,
    usedBy,
    result,
    cause: result === 'problem' ? { code, family, title, confidence } : null,
    alternatives,
    as: result === 'ok' ? servedTo(facts) : null,
    finding: foldLines(finding(evidence, expectation)),
    replay: facts === null ? [] : replayRows(facts),
  };
}

function servedTo(facts: ImageRegistryFacts | null): CredentialName | null {
  return facts?.attempts.find(({ result }) => result === 'found')?.credential ?? null;
}

function finding(evidence: Evidence, { verdict, unfit }: Expectation): string {
  if (verdict.reference === null) return spec(evidence, [verdict]).finding.split('; ')[0] ?? '';
  const platform =
    unfit.length === 0
      ? []
      : [
          `not for ${unfit.length === 1 ? 'node' : 'nodes'} ${unfit.slice(0, 3).join(', ')}${unfit.length > 3 ? ` and ${unfit.length - 3} more` : ''}`,
        ];
  return [...platform, ...secretClauses(evidence, verdict), registryClause(evidence, verdict), nearest(evidence, verdict)]
    .filter((clause) => clause !== '')
    .join('; ');
}

/** The tags that may have been meant. */
function nearest({ registry }: Evidence, { code }: Verdict): string {
  const tags = registry.outcome === 'done' && code === 'manifest-not-found' ? (registry.facts.images[0]?.tags?.nearest ?? []) : [];
  return tags.length === 0 ? '' : `nearest: ${list(tags)}`;
}

/** What is wrong with the pull secrets, or that there is none where one is wanted. */
function secretClauses(evidence: Evidence, verdict: Verdict): readonly string[] {
  const { spec } = evidence;
  const account = spec.outcome === 'done' && 'obstacle' in spec.facts.serviceAccount ? spec.facts.serviceAccount.obstacle : null;
  if (account) return [`service account ${evidence.pod.serviceAccount}: ${describeObstacle(account)}`];
  if (evidence.secrets.outcome !== 'done') return [];
  if (evidence.secrets.facts.secrets.length === 0) return /^auth-|^not-found-or-denied$/.test(verdict.code) ? ['no pull secret'] : [];
  const row = secrets(evidence, [verdict]);
  return row.status === 'ok' || (verdict.code === 'none' && row.status !== 'problem') ? [] : [row.finding];
}
