import { clean } from './clean.ts';
import { type LiftedName, lift } from './lift.ts';
import type { PullError } from './pull-error.ts';
import { registryErrorsIn, unwrapJson } from './registry-words.ts';
import { requestIn } from './request.ts';
import { runtimeIn, stageIn } from './stage.ts';
import { statusIn } from './status.ts';
import { withoutSecrets } from './without-secrets.ts';
import { grpcCodeIn, peel, splitAggregate, withoutSideFailures } from './wrappers.ts';

/**
 * First stage of the reader: what a message about a failed pull says, in parts.
 * @param text what a kubelet, a runtime or a registry said; not trusted, of any length
 * @param image the image that the message is about, as written in the pod, where known: its parts are names, not signals
 */
export function readMessage(text: string, image?: string): PullError {
  const raw = withoutSecrets(text);
  const entries = splitAggregate(unwrapJson(clean(raw)));
  const first = parse(entries[0] ?? '', raw, image, entries.length > 1);
  if (entries.length === 1) return first;
  const attempts = [first, ...entries.slice(1).map((entry) => parse(entry, raw, image, true))];
  return { ...first, attempts };
}

/** Where the image is named: wrappers stand at the beginning. */
const headOfNames = 4096;

function parse(entry: string, raw: string, image: string | undefined, oneOfSeveral: boolean): PullError {
  const main = withoutSideFailures(entry);
  const named = image ?? imageIn(lift(main.slice(0, headOfNames)).names);
  const lifted = lift(main, named ?? undefined);
  const whole = lifted.text.toLowerCase();
  const clause = peel(lifted.text);
  const request = requestIn(lifted.names, named);
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
