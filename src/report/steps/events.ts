import { beforeThePull } from '../../values/before-the-pull.ts';
import { mayHaveExpired } from '../../values/event-life.ts';
import type { EventsFacts, Evidence, PodEvent } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import { failingSince, isBackOff, isFailure } from '../../values/failure-start.ts';
import { blockedBy } from '../../values/init-order.ts';
import type { Verdict } from '../../values/verdict.ts';
import { count, times } from '../../words/amounts.ts';
import { age, between, humanDuration } from '../../words/durations.ts';
import { quote } from '../../words/text.ts';
import { limits } from '../escape.ts';
import { quoteWords, runtimeWords } from '../words.ts';
import { factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport, unknown } from './finding.ts';
import { attempts, eventsOf, lastFailure } from './pull-events.ts';

/** What is said of events that are not there. */
function gone({ pod, collectedAt }: Evidence, what: string): string {
  const kept = 'events are kept for an hour';
  return mayHaveExpired(pod.createdAt, collectedAt) ? `${what}: ${kept}` : `${what}, though ${kept} and the pod is younger`;
}

/** What the events say of each image: who said it, how often, since when, and in which words. */
export const events: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.events);
  if ('row' in read) return read.row;
  const row = forEachImage(verdicts, (verdict) => tell(evidence, read.facts, verdict), { nothing: ok('none about images') });
  const warning = secretWarning(read.facts, evidence.collectedAt);
  return warning === null ? row : { status: row.status, finding: `${row.finding}; ${warning}` };
};

function tell(evidence: Evidence, facts: EventsFacts, verdict: Verdict): StepFinding {
  const own = eventsOf(facts, verdict);
  const failure = lastFailure(own);
  const pulled = own.findLast((event) => event.reason === 'Pulled') ?? null;
  if (pulled !== null && (failure === null || (pulled.last >= failure.last && !isFailing(evidence, verdict))))
    return success(evidence, own, pulled);
  if (failure !== null) return failed(evidence, own, failure);
  if (own.some(isBackOff)) {
    const since = age(failingSince(own), evidence.collectedAt);
    return problem(`only the back-off is left${since === null ? '' : `, for ${since}`}; ${gone(evidence, 'the failure itself is gone')}`);
  }
  const pulling = own.findLast((event) => event.reason === 'Pulling') ?? null;
  if (pulling !== null) return ok(`${pulling.from} began to pull ${age(pulling.last, evidence.collectedAt) ?? '?'} ago, nothing since`);
  if (verdict.code === 'none' || isUntried(evidence, verdict)) return ok(`no failed pull${insteadWords(evidence, facts)}`);
  return unknown(gone(evidence, facts.events.length === 0 ? 'none left' : 'none about this image'));
}

/** What stands before the images of the pod. */
function insteadWords({ collectedAt }: Evidence, facts: EventsFacts): string {
  const event = beforeThePull(facts.events);
  if (event === null) return '';
  return `; ${event.from}, ${times(event.count)}, the last ${age(event.last, collectedAt) ?? '?'} ago: ${quoteWords(event.message)}`;
}

/** An init container comes first: there is nothing yet to tell of. */
function isUntried({ describe }: Evidence, verdict: Verdict): boolean {
  const containers = factsOf(describe)?.containers ?? [];
  const container = find(containers, verdict);
  return container !== null && blockedBy(container, containers) !== null;
}

/** A container that cannot be made fails after its image is there, again and again: that it is there is then no success. */
function isFailing({ describe }: Evidence, verdict: Verdict): boolean {
  return find(factsOf(describe)?.containers ?? [], verdict)?.pull === 'failing';
}

function success(evidence: Evidence, own: readonly PodEvent[], pulled: PodEvent): StepFinding {
  const failures = attempts(own);
  const after = failures === 0 ? '' : ` after ${count(failures, 'failure')}`;
  return ok(`${pulled.from}, ${age(pulled.last, evidence.collectedAt) ?? '?'} ago${after}: ${quoteWords(pulled.message, 120)}`);
}

function failed(evidence: Evidence, own: readonly PodEvent[], failure: PodEvent): StepFinding {
  const others = new Set(own.filter(isFailure).map((event) => shape(event.message)));
  others.delete(shape(failure.message));
  const more = others.size === 0 ? '' : `; before that ${count(others.size, 'other error')}, see -o wide`;
  return problem(`${failure.from}, ${often(evidence, own, failure)}: ${quoteWords(failure.message)}${more}`);
}

/** Texts that differ in numbers only (ports, attempts, request ids) are the same error. */
function shape(message: string): string {
  return runtimeWords(message, limits.fact).replace(/[0-9a-f]{8,}|\d+/g, '0');
}

/** The kubelet repeats an unending failure every five minutes at least; what is older has ended, or is no longer reported. */
const quiet = 600_000;

function often(evidence: Evidence, own: readonly PodEvent[], failure: PodEvent): string {
  const n = attempts(own);
  const last = between(failure.last, evidence.collectedAt) ?? 0;
  if (n === 1) return `once, ${age(failure.last, evidence.collectedAt) ?? '?'} ago`;
  const first = failingSince(own.filter(isFailure));
  if (last <= quiet) return `${times(n)} in ${age(first, evidence.collectedAt) ?? '?'}`;
  return `${times(n)} in ${age(first, failure.last) ?? '?'}, the last ${humanDuration(last)} ago`;
}

/** The kubelet could not fetch a pull secret: the pod's own event, and the only trace of it for who may not read Secrets. */
function secretWarning(facts: EventsFacts, at: string): string | null {
  const warning = facts.events.findLast((event) => event.reason === 'FailedToRetrieveImagePullSecret');
  if (warning === undefined) return null;
  const names = /secrets? \(([^)]*)\)/.exec(warning.message)?.[1];
  const said =
    names === undefined ? `${warning.from}: ${quote(warning.message)}` : `${warning.from} could not retrieve pull secret ${names}`;
  return `${said}, ${age(warning.last, at) ?? '?'} ago`;
}
