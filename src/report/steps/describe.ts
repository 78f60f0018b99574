import type { ContainerFacts, Evidence } from '../../values/evidence.ts';
import { failingSince } from '../../values/failure-start.ts';
import type { Verdict } from '../../values/verdict.ts';
import { count } from '../../words/amounts.ts';
import { age, between, humanDuration } from '../../words/durations.ts';
import { list, quote } from '../../words/text.ts';
import { cutEnd } from '../escape.ts';
import { quoteWords } from '../words.ts';
import { factsOrRow, find, forEachImage, ok, problem, type StepFinding, type StepReport } from './finding.ts';
import { attempts, backOffAfter, eventsOf, lastFailure } from './pull-events.ts';

/** What the pod's status says: the state of each image's container, the back-off, and what keeps the pod as a whole. */
export const describe: StepReport = (evidence, verdicts) => {
  const read = factsOrRow(evidence.describe);
  if ('row' in read) return read.row;
  const { pod } = evidence;
  const whole = wholePod(evidence);
  if (whole !== null && pod.node === null) return whole;
  const row = forEachImage(
    verdicts,
    (verdict) => {
      const container = find(read.facts.containers, verdict);
      return container === null ? null : state(evidence, verdict, container);
    },
    { alwaysName: true, nothing: ok(`the pod is ${pod.phase}`) },
  );
  return whole === null ? row : { status: whole.status, finding: `${whole.finding}; ${row.finding}` };
};

function wholePod({ pod, collectedAt }: Evidence): StepFinding | null {
  if (pod.deletedAt !== null) return problem(`the pod is being deleted since ${age(pod.deletedAt, collectedAt) ?? pod.deletedAt}`);
  if (pod.phase === 'Failed' && pod.reason !== null) {
    return problem(`the pod has failed: ${pod.reason}${pod.message === null ? '' : `, ${quoteWords(pod.message)}`}`);
  }
  if (pod.node !== null) return null;
  const full = pod.shortOfDisk ?? [];
  return problem(`no node was chosen yet${full.length === 0 ? '' : `; short of disk: ${list(full)}`}`);
}

function state(evidence: Evidence, verdict: Verdict, container: ContainerFacts): StepFinding {
  switch (container.pull) {
    case 'failing':
      return problem(`${reason(container)}${backOff(evidence, verdict, container)}${ownWords(evidence, verdict, container)}`);
    case 'pulling':
      return ok(`${reason(container)}, the image is being pulled`);
    case 'pulled':
      return afterPull(verdict, container);
    case 'unknown':
      return ok(container.running ? 'running' : reason(container));
  }
}

/** The reason may be a whole sentence of the kubelet's parser. */
function reason(container: ContainerFacts): string {
  if (container.waiting !== null) return cutEnd(container.waiting.reason, 120);
  return container.kind === 'sandbox' ? 'could not be created' : 'waiting';
}

/** The image is there; where it cannot be used (for another platform, say), the cause is still its own. */
function afterPull(verdict: Verdict, container: ContainerFacts): StepFinding {
  if (container.running) return ok('running');
  const { terminated, waiting, log } = container;
  const parts = ['its image is there'];
  if (waiting !== null) parts.push(`it waits for another reason: ${cutEnd(waiting.reason, 120)}`);
  if (terminated !== null && neverStarted.has(terminated.reason ?? '')) parts.push(`it could not be started (${terminated.reason})`);
  else if (terminated !== null) {
    parts.push(`it ended with exit code ${terminated.exitCode}${terminated.reason === null ? '' : ` (${terminated.reason})`}`);
  }
  const lastLine = (log ?? '').trim().split('\n').at(-1) ?? '';
  if (lastLine !== '') parts.push(`its log ends ${quote(cutEnd(lastLine, 160))}`);
  return (verdict.code === 'none' ? ok : problem)(parts.join('; '));
}

/** Of what ended without a program that ran: its exit code is the runtime's. */
const neverStarted: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);

/** Other failures are repeated by every look of the kubelet at the pod: those are no attempts to pull. */
function isPull({ kind, waiting }: ContainerFacts): boolean {
  return (
    kind === 'sandbox' || /^(?:ErrImagePull|ImagePullBackOff|RegistryUnavailable|SignatureValidationFailed)$/.test(waiting?.reason ?? '')
  );
}

function backOff(evidence: Evidence, verdict: Verdict, container: ContainerFacts): string {
  if (evidence.events.outcome !== 'done' || !isPull(container)) return '';
  const events = eventsOf(evidence.events.facts, verdict);
  const failures = attempts(events);
  if (failures === 0) {
    const since = age(failingSince(events), evidence.collectedAt);
    return since === null ? '' : ` for ${since}`;
  }
  return `, ${attemptWords(container, failures, lastFailure(events)?.last ?? null, evidence.collectedAt)}`;
}

/** How long after the end of the back-off the kubelet may look: it does so every 10 to 15 seconds, and a pull takes a while itself. */
const grace = 60_000;

/**
 * The kubelet soon reports an unending failure only every five minutes (client-go events_cache.go, the spam filter): where the next attempt
 * should have been long ago, there were more attempts than the events count.
 */
function attemptWords(container: ContainerFacts, failures: number, last: string | null, now: string): string {
  const elapsed = between(last, now);
  const counted = count(failures, 'attempt');
  if (container.waiting?.reason !== 'ImagePullBackOff' || elapsed === null) return counted;
  const rest = backOffAfter(failures) - elapsed;
  if (rest > 0) return `${counted}, the next in about ${humanDuration(Math.ceil(rest / 10_000) * 10_000)}`;
  return rest > -grace ? `${counted}, the next is due` : `at least ${counted}, the next within 5m`;
}

/** The status's message, where no event repeats it (kubelets from 1.32 on carry the last error in it). */
function ownWords(evidence: Evidence, verdict: Verdict, container: ContainerFacts): string {
  const message = container.waiting?.message ?? null;
  if (message === null || message === container.waiting?.reason || /^Back-off pulling image "[^"]*"$/.test(message)) return '';
  const events = evidence.events.outcome === 'done' ? eventsOf(evidence.events.facts, verdict) : [];
  return lastFailure(events) === null ? `, ${quoteWords(message)}` : '';
}
