import type { Obstacle } from '../../values/evidence.ts';
import { waitingReasons } from '../../values/pull-event.ts';
import type { RawContainerStatus, RawEvent, RawPod } from '../kubernetes.ts';
import { shorten } from '../shorten.ts';

/** What was heard of one container of a probe pod. `final`: nothing better will come. */
export interface Heard {
  readonly container: string;
  /** null: this container cannot ask. */
  readonly message: string | null;
  readonly at: string | null;
  readonly final: boolean;
  /** Since the pod was made; set by who listens. */
  readonly milliseconds?: number;
}

/** The runtime's own words in an event of a pull, or null. */
export function heardFromRuntime(event: RawEvent): Heard | null {
  const message = event.message ?? '';
  const container = containerOf(event);
  if (container === null) return null;
  const tells =
    event.reason === 'Pulled' ||
    event.reason === 'InspectFailed' ||
    (event.reason === 'Failed' && (message.startsWith('Failed to pull image') || isRawError(message)));
  return tells ? heard(container, message, event) : null;
}

/** From 1.33 on a pull Secret that does not decode shows only as `Error: ` and the parser's sentence. */
function isRawError(message: string): boolean {
  const text = /^Error: (.*)$/s.exec(message)?.[1];
  return text !== undefined && /\s/.test(text);
}

/** The same from the statuses of the pod, which come later than the events but cannot be dropped as spam. */
export function heardFromStatus(pod: RawPod): readonly Heard[] {
  return (pod.status?.containerStatuses ?? []).flatMap((status) => {
    const message = waitingMessage(status);
    return message === null ? [] : [{ container: status.name, message: shorten(message), at: null, final: isFinal(message) }];
  });
}

function waitingMessage({ state }: RawContainerStatus): string | null {
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (/\s/.test(reason)) return reason;
  if (!waitingReasons.has(reason) || message === '' || /^Back-off pulling image "[^"]*"$/.test(message)) return null;
  return message;
}

/**
 * What the kubelet's readiness probe met: the event of its failure. An image that this pod may not have, or that does not start, cannot
 * ask.
 */
export function heardFromKubelet(event: RawEvent): Heard | null {
  const container = containerOf(event);
  if (container === null) return null;
  if (event.reason === 'ErrImageNeverPull' || event.reason === 'Failed') return { container, message: null, at: null, final: true };
  if (event.reason !== 'Unhealthy') return null;
  return heard(container, event.message ?? '', event);
}

/**
 * Whether it is an answer over HTTP, however little it pleases: what is left to find out is beyond the kubelet, which verifies nothing and
 * logs in nowhere.
 */
export function isHttpAnswer(message: string | null): boolean {
  return message !== null && /probe succeeded|failed with statuscode: [1-5]\d\d/.test(message);
}

/** A readiness probe that succeeds leaves no event. */
export function heardFromReadiness(pod: RawPod): readonly Heard[] {
  return (pod.status?.containerStatuses ?? [])
    .filter((status) => status.ready)
    .map((status) => ({ container: status.name, message: 'Readiness probe succeeded', at: null, final: true }));
}

/** What a tool left in its termination message. One whose image has no shell, or that this pod may not have, cannot ask. */
export function heardFromTool(pod: RawPod): readonly Heard[] {
  return (pod.status?.containerStatuses ?? []).flatMap(({ name, state }) => {
    const { terminated, waiting } = state ?? {};
    if (terminated) return [{ container: name, message: isReport(terminated.message), at: terminated.finishedAt ?? null, final: true }];
    return waitingReasons.has(waiting?.reason ?? '') ? [{ container: name, message: null, at: null, final: true }] : [];
  });
}

/** Why the node has not pulled the image that a tool was given; null: nothing says so, or it was not to be pulled. */
export function unpulledTool(pod: RawPod): Obstacle | null {
  const [message] = (pod.status?.containerStatuses ?? []).flatMap((status) => {
    const words = status.state?.waiting?.reason === 'ErrImageNeverPull' ? null : waitingMessage(status);
    return words === null ? [] : [words];
  });
  return message === undefined ? null : { kind: 'failed', message: shorten(message) };
}

function isReport(message: string | undefined): string | null {
  return message && /^(?:dns|tcp|tls|http)\t/.test(message) ? shorten(message) : null;
}

function heard(container: string, message: string, event: RawEvent): Heard {
  return { container, message: shorten(message), at: event.lastTimestamp ?? event.eventTime ?? null, final: isFinal(message) };
}

/** The kubelet's own limit says nothing of the registry; the next attempt will. */
function isFinal(message: string): boolean {
  return !message.includes('pull QPS exceeded');
}

function containerOf(event: RawEvent): string | null {
  return /^spec\.containers\{(.+)\}$/.exec(event.involvedObject?.fieldPath ?? '')?.[1] ?? null;
}
