import type { ContainerFacts } from '../../values/evidence.ts';
import { waitingReasons } from '../../values/pull-event.ts';
import type { RawPod } from '../kubernetes.ts';
import { isFailing, readContainers } from '../pod/containers.ts';
import type { RolloutPod } from './workload.ts';

export interface Represented {
  readonly pod: RawPod;
  readonly standsFor: number;
}

/** One pod for each distinct failure, the newest rollout's first; where none fails, the one that is worst off. */
export function representatives(pods: readonly RolloutPod[]): readonly Represented[] {
  const present = pods.filter(({ pod }) => isPresent(pod));
  const candidates = present.length > 0 ? present : pods;
  const newestFirst = [...candidates].sort((a, b) => b.rollout - a.rollout || created(b.pod) - created(a.pod));
  const failing = newestFirst.map(({ pod }) => pod).filter(isFailing);
  if (failing.length > 0) return groups(failing);
  const ranked = newestFirst.map(({ pod }) => pod).sort((a, b) => health(a) - health(b));
  const worst = ranked[0];
  return worst ? [{ pod: worst, standsFor: ranked.filter((pod) => health(pod) === health(worst)).length }] : [];
}

/** Pods that are on their way out, or ended, say little about what fails now. */
function isPresent(pod: RawPod): boolean {
  const phase = pod.status?.phase;
  return !pod.metadata.deletionTimestamp && phase !== 'Succeeded' && phase !== 'Failed';
}

function created(pod: RawPod): number {
  return Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
}

/** Lower is worse. */
function health(pod: RawPod): number {
  const states = readContainers(pod);
  if (!pod.spec.nodeName || states.some((state) => state.pull === 'unknown' && state.waiting)) return 0;
  if (states.some((state) => state.waiting)) return 1;
  return states.every((state) => state.running) ? 3 : 2;
}

interface Group {
  readonly images: string;
  readonly failure: string;
  readonly pods: RawPod[];
}

function groups(pods: readonly RawPod[]): readonly Represented[] {
  const found: Group[] = [];
  for (const pod of pods) {
    const containers = readContainers(pod).filter((container) => container.pull === 'failing');
    const images = containers.map(({ kind, container, image }) => `${kind} ${container} ${image}`).join('\n');
    const failure = containers.map(failureOf).join('\n');
    const same = found.find(
      (group) => group.images === images && (group.failure === failure || isSilent(group.failure) || isSilent(failure)),
    );
    if (!same) found.push({ images, failure, pods: [pod] });
    else if (isSilent(same.failure) && !isSilent(failure)) found[found.indexOf(same)] = { images, failure, pods: [pod, ...same.pods] };
    else same.pods.push(pod);
  }
  return found.flatMap(({ pods }) => (pods[0] ? [{ pod: pods[0], standsFor: pods.length }] : []));
}

/** In back-off a kubelet up to 1.31 says nothing but that: such a pod is counted with one of the same images that says why. */
function isSilent(failure: string): boolean {
  return failure.split('\n').every((part) => part === '');
}

/**
 * The failure with what differs from pod to pod, from node to node and from one attempt to the next taken out; empty where nothing is said.
 */
function failureOf({ waiting }: ContainerFacts): string {
  const reason = waiting?.reason ?? '';
  const kind = reason === 'ErrImagePull' || reason === 'ImagePullBackOff' ? '' : reason;
  const message = (waiting?.message ?? '')
    .replace(/^Back-off pulling image "(?:[^"\\]|\\.)*"(?:: )?/, '')
    .replace(/^ErrImagePull: /, '')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/g, 'ADDRESS')
    .replace(/\[[0-9a-f:]+\](?::\d+)?/gi, 'ADDRESS')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'ID')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*/g, 'TIME')
    .replace(/extract-\d+-\S+/g, 'EXTRACT')
    .replace(/\b\d{5,}\b/g, 'NUMBER');
  return waitingReasons.has(kind) && message !== '' ? message : [kind, message].filter(Boolean).join(' ');
}
