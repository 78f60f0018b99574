import { hideSecrets } from '../../values/hide-secrets.ts';
import { clean } from './clean.ts';
import { type LiftedName, lift } from './lift.ts';
import type { PullError } from './pull-error.ts';
import { answerAt, registryErrorsIn, unwrapJson } from './registry-words.ts';
import { requestIn } from './request.ts';
import { runtimeIn } from './runtime.ts';
import { stageIn } from './stage.ts';
import { statementsIn } from './statements.ts';
import { statusIn } from './status.ts';
import { grpcCodeIn, peel, splitAggregate, withoutSideFailures } from './wrappers.ts';

/**
 * First stage of the reader: what a message about a failed pull says, in parts.
 * @param text what a kubelet, a runtime or a registry said; not trusted, of any length
 * @param image the image that the message is about, as written in the pod, where known: its parts are names, not signals
 */
export function readMessage(text: string, image?: string): PullError {
  const raw = hideSecrets(text);
  const { told, mirrors } = statementsIn(unwrapJson(clean(raw)), image);
  const errors = told.map((statement) => parseAttempts(statement, raw, image));
  const decisive = errors.findLast(hasWords) ?? errors[0] ?? parse('', raw, image, false);
  const others = [...mirrors.map((mirror) => parseMirror(mirror, raw, image)), ...errors.filter((error) => error !== decisive)];
  return others.length === 0 ? decisive : { ...decisive, others };
}

/** Says more than that a pull failed or waits. */
export function hasWords({ clause }: PullError): boolean {
  return /\p{L}{2}/u.test(clause.replace(/‹\w+›/g, ''));
}

function parseAttempts(statement: string, raw: string, image: string | undefined): PullError {
  const entries = splitAggregate(statement);
  const first = parse(entries[0] ?? '', raw, image, entries.length > 1);
  if (entries.length === 1) return first;
  const attempts = [first, ...entries.slice(1).map((entry) => parse(entry, raw, image, true))];
  return { ...first, attempts };
}

/** `mirror.example/library/nginx:1: what it said`. */
function parseMirror(statement: string, raw: string, image: string | undefined): PullError {
  const error = parse(statement, raw, image, false);
  const host = /^[^/\s]{1,300}/.exec(statement)?.[0].toLowerCase() ?? '';
  return { ...error, request: { ...(error.request ?? { method: null, url: `https://${host}/v2/`, host }), mirrored: true } };
}

/** Where the image is named: wrappers stand at the beginning. */
const headOfNames = 4096;

function parse(entry: string, raw: string, image: string | undefined, oneOfSeveral: boolean): PullError {
  const main = withoutSideFailures(entry);
  const named = image ?? imageIn(lift(main.slice(0, headOfNames)).names);
  const lifted = lift(main, named ?? undefined);
  const whole = lifted.text.toLowerCase();
  const clause = peel(lifted.text);
  const request = requestIn(ofTheNode(lifted.names, clause), named);
  const lower = clause.toLowerCase();
  return {
    stage: stageIn(whole, request?.url ?? null),
    runtime: runtimeIn(whole),
    image: named,
    request,
    status: statusIn(lower),
    registryErrors: registryErrorsIn(clause),
    credentialSent: credentialSentIn(whole, oneOfSeveral),
    grpcCode: grpcCodeIn(lifted.text),
    clause,
    raw,
  };
}

/** Without the requests of the registry itself, which it tells of in its answer. */
function ofTheNode(names: readonly LiftedName[], clause: string): readonly LiftedName[] {
  const at = answerAt(clause);
  if (at === null) return names;
  const answered = names.length - (clause.slice(at).match(/‹\w+›/g)?.length ?? 0);
  return names.filter(({ kind, after }, index) => index < answered || kind !== 'url' || !/^(?:get|head|post|put)$/.test(after));
}

function imageIn(names: readonly LiftedName[]): string | null {
  const named = names.find(
    ({ kind, after }) => (kind === 'image' || kind === 'name') && (after === 'image' || after === 'reference' || after === 'source'),
  );
  return (named ?? names.find(({ kind }) => kind === 'image'))?.text.replace(/^docker:\/\//, '') ?? null;
}

/** Several attempts are made only with several credentials (kuberuntime_image.go PullImage): each of them was sent. */
function credentialSentIn(lower: string, oneOfSeveral: boolean): boolean | null {
  if (/oauth token|incorrect username or password|token (?:has |is )?expired|specified credentials are invalid/.test(lower)) return true;
  if (/anonymous token|no basic auth credentials|missing username or secret|unauthenticated|anonymous/.test(lower)) return false;
  return oneOfSeveral ? true : null;
}
