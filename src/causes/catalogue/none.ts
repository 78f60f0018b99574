import { beforeThePull } from '../../values/before-the-pull.ts';
import type { ContainerFacts } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip, list, sentences } from '../../words/text.ts';
import { theNode } from '../facts.ts';
import { findWhatFills } from '../fix/disk.ts';
import { kubectl } from '../fix/kubectl.ts';
import { present } from '../fix/present.ts';
import { waitsForInit } from '../init-wait.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const none: CatalogueEntry = {
  family: 'other',
  title: 'no image pull problem',
  retry: 'never',
  explanation: (view) => (waitsForInit(view) ? '' : insteadOfAPull(view)),
  fixes: (view) => lookElsewhere(view),
};

/** What the pod waits for, or does, when its image is not the problem. */
function insteadOfAPull(view: ImageView): string {
  const { container, pod, evidence } = view;
  const name = clip(container.container);
  if (pod.deletedAt) return 'The pod is being deleted.';
  if (pod.unscheduled) return sentences(shortOfDisk(view), `The pod has no node yet: ${clip(pod.unscheduled, 400)}`);
  if (pod.phase === 'Succeeded') return 'The pod has run to its end.';
  if (pod.phase === 'Failed')
    return `The pod has failed${pod.reason ? ` (${clip(pod.reason)})` : ''}${pod.message ? `: ${clip(pod.message, 400)}` : '.'}`;
  if (container.running) return `The image of ${name} is on ${theNode(view)} and the container runs.`;
  if (isUnstartable(container))
    return `The image of ${name} is on ${theNode(view)}, and its container cannot be started${startWords(view)}`;
  if (container.waiting?.reason === 'CrashLoopBackOff') {
    const exit = container.terminated ? ` with exit code ${container.terminated.exitCode}` : '';
    return `The image of ${name} was pulled; the program in it starts and ends again${exit}.`;
  }
  if (container.terminated)
    return `The image of ${name} was pulled and the container ended with exit code ${container.terminated.exitCode}.`;
  if (container.pull === 'pulled') return `The image of ${name} is on ${theNode(view)}; the container waits${waitReason(view)}.`;
  const before = factsOf(evidence.events) && beforeThePull(factsOf(evidence.events)?.events ?? []);
  if (before) {
    const said = `${before.reason}: ${clip(before.message, 300).replace(/\.+$/, '')}`;
    return `Container ${name} waits${waitReason(view)} for something that comes before its image: ${said}.`;
  }
  return `Nothing says that an image could not be pulled; container ${name} waits${waitReason(view)}.`;
}

/** Now, or at its last try: no program of it has run, so that its exit code is none's, and it has no log. */
function isUnstartable({ waiting, terminated }: ContainerFacts): boolean {
  return startErrors.has(waiting?.reason ?? '') || startErrors.has(terminated?.reason ?? '');
}

/** Of a waiting container, and of one that ended (kubelet, pkg/kubelet/kuberuntime). */
const startErrors: ReadonlySet<string> = new Set(['RunContainerError', 'CreateContainerError', 'StartError', 'ContainerCannotRun']);

/** Why, in the words of whoever tried. */
function startWords({ container: { waiting, terminated }, events }: ImageView): string {
  const own = startErrors.has(waiting?.reason ?? '') ? waiting?.message : null;
  const words = own ?? terminated?.message ?? events.findLast(({ reason, type }) => reason === 'Failed' && type === 'Warning')?.message;
  return words ? `: ${clip(words, 300).replace(/\.+$/, '')}.` : '.';
}

/** The scheduler calls it a taint, and from Kubernetes 1.36 on does not say which. */
function shortOfDisk({ pod: { shortOfDisk: names = [] } }: ImageView): string | null {
  if (names.length === 0) return null;
  const [which, that] =
    names.length === 1 ? ['Node', 'is short of disk (DiskPressure) and takes'] : ['Nodes', 'are short of disk (DiskPressure) and take'];
  return `${which} ${list(names)}, where it might run, ${that} no new pods until there is room again.`;
}

export function waitReason(view: ImageView): string {
  const { waiting } = view.container;
  if (!waiting) return ' for others';
  return ` (${clip(waiting.reason, 80)}${waiting.message ? `: ${clip(waiting.message, 300)}` : ''})`;
}

function lookElsewhere(view: ImageView) {
  const { container, pod } = view;
  if (container.running || pod.phase === 'Succeeded') return [];
  if (isUnstartable(container)) {
    const title = /exec|no such file|not found|permission denied/.test(startWords(view))
      ? 'correct what it starts (command, args, workingDir), or what that needs; the message in full'
      : 'see the message in full';
    return [{ title, commands: [kubectl(view, 'describe', 'pod', pod.name)] }];
  }
  if (container.terminated || container.waiting?.reason === 'CrashLoopBackOff') {
    const previous = container.restarts > 0 ? ['--previous'] : [];
    return [{ title: 'see what the program said', commands: [kubectl(view, 'logs', pod.name, '-c', container.container, ...previous)] }];
  }
  return [...roomOnNode(view), { title: 'see what it waits for', commands: [kubectl(view, 'describe', 'pod', pod.name)] }];
}

function roomOnNode(view: ImageView): Fix[] {
  const [node] = view.pod.shortOfDisk ?? [];
  return node === undefined ? [] : present(findWhatFills({ ...view, pod: { ...view.pod, node } }));
}
