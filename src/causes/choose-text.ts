import type { ContainerFacts, PodEvent } from '../values/evidence.ts';
import { isInformative } from './reader/read.ts';

export interface ChosenText {
  readonly text: string;
  readonly step: 'describe' | 'events';
  readonly source: string;
  readonly at: string | null;
  /** It tells of a pull before one that succeeded. */
  readonly isOver?: boolean;
}

/** Reasons of events that tell of a failed pull, or of the step just before or after it. `BackOff` never carries a cause. */
const failureReasons = new Set(['Failed', 'InspectFailed', 'ErrImageNeverPull', 'FailedCreatePodSandBox']);

/** Reasons whose message is the kubelet's own wrapping of an error; others are an error class that belongs to the text. */
const wrappingReasons = new Set(['ErrImagePull', 'ImagePullBackOff']);

/** Reasons that say nothing about an image. */
const silentReasons = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff']);

/**
 * The newest informative text about the failure of this image: what the container waits for now, else its newest event that says more than
 * `ErrImagePull`, else what it said when it ended, else what an earlier pull failed
 * with. Never the first, never another image's.
 */
export function chooseText(container: ContainerFacts, events: readonly PodEvent[], now: string): ChosenText | null {
  const waiting = waitingText(container);
  if (waiting) return { text: waiting, step: 'describe', source: `${container.source}.state.waiting`, at: now };
  if (container.running) return null;
  const told = events.filter((event) => failureReasons.has(event.reason) && isInformative(event.message, container.image));
  const event = told.findLast((event) => !isOver(event, container, events));
  if (event) return fromEvent(event);
  const ended = [container.log, container.terminated?.message].find((text) => text && isInformative(text, container.image));
  if (!ended) {
    const earlier = told.at(-1);
    return earlier ? { ...fromEvent(earlier), isOver: true } : null;
  }
  const source = container.log ? 'the end of its log' : `${container.source}.lastState.terminated`;
  return { text: ended, step: 'describe', source, at: container.terminated?.at ?? null };
}

function fromEvent({ message, name, last }: PodEvent): ChosenText {
  return { text: message, step: 'events', source: `event ${name}`, at: last };
}

/** Ended without a program that ran (kubelet, pkg/kubelet/kuberuntime). */
const neverRan = new Set(['StartError', 'ContainerCannotRun', 'ContainerStatusUnknown']);

/**
 * A failed pull of an image that was pulled later says nothing of what fails now, nor a failed start of a container that ran later: a disk
 * that was full then has room now.
 */
function isOver({ reason, message, last }: PodEvent, { pull, terminated }: ContainerFacts, events: readonly PodEvent[]): boolean {
  if (pull !== 'pulled') return false;
  if (reason !== 'InspectFailed' && !message.startsWith('Failed to pull image'))
    return terminated?.at != null && !neverRan.has(terminated.reason ?? '') && Date.parse(terminated.at) > Date.parse(last);
  const pulled = events.findLast((event) => event.reason === 'Pulled');
  return pulled !== undefined && Date.parse(last) <= Date.parse(pulled.last);
}

/** What the kubelet says of the failure in the container's status; null: only that it waits. */
export function waitingText({ waiting, image }: Pick<ContainerFacts, 'waiting' | 'image'>): string | null {
  if (!waiting || silentReasons.has(waiting.reason)) return null;
  // From 1.33 on, a pull Secret that does not decode makes the parser's sentence the reason itself.
  if (waiting.reason.includes(' ')) return waiting.reason;
  const text = waiting.message ?? '';
  if (!isInformative(text, image)) return null;
  return wrappingReasons.has(waiting.reason) ? text : `${waiting.reason}: ${text}`;
}
