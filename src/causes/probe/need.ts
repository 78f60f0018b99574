import type { CauseCode } from '../../values/cause-code.ts';
import { isWorthAsking } from '../pending.ts';
import { unreached } from '../unreached.ts';
import type { ImageView } from '../view.ts';

/** The kubelet or the runtime failed by itself, before anything was asked of a registry: a probe would tell nothing. */
const withoutRegistry: ReadonlySet<CauseCode> = new Set([
  'invalid-image-name',
  'short-name-unresolved',
  'pull-secret-malformed',
  'never-pull',
  'pull-throttled',
  'runtime-unavailable',
]);

/** The node failed with what it has, perhaps from the registry: a probe would tell nothing of these either. */
const ofTheNode: ReadonlySet<CauseCode> = new Set(['content-store-damaged', 'disk-full']);

/** Nothing of these came from the registry itself. */
const unanswered: ReadonlySet<CauseCode> = new Set<CauseCode>([...unreached, 'pull-stalled', 'unknown']);

/** `needed`: the evidence does not show that the registry answered the node. `possible`: a probe can be made, needed or not. */
export interface ProbeNeed {
  readonly possible: boolean;
  readonly needed: boolean;
  /** Why it is not possible, or not needed. */
  readonly because: string;
}

/** Whether the node should be asked about this image. */
export function probeNeed(view: ImageView): ProbeNeed {
  const { pod, container, reading, readingSource, spec } = view;
  if (pod.node === null) return impossible('the pod has no node yet');
  if (container.kind === 'sandbox') return impossible('the runtime pulls the sandbox image by itself, without the pod');
  if (!spec?.reference) return impossible('the image name does not parse');
  if (spec.reference.registry === 'localhost') return impossible('an image of localhost is not pulled from a registry');
  if (container.pull === 'pulled') return needless('the image is on the node');
  if (container.pull !== 'failing') return isWorthAsking(view) ? need : needless('nothing has failed');
  // The node's logs tell of some pull since the pod was made, perhaps another pod's.
  if (!reading || readingSource?.step === 'node' || unanswered.has(reading.code)) return need;
  if (withoutRegistry.has(reading.code)) return needless('it fails before the registry is asked');
  if (ofTheNode.has(reading.code)) return needless('it fails on the node itself, not on the way to the registry');
  return needless('the registry answered the node, so its network is fine');
}

/**
 * Why the node is asked about none of these: in the case of the image that is in question, a failing one first, then one that its registry
 * was asked about.
 */
export function whyNotAsked(views: readonly ImageView[]): string {
  const view = views.find(({ container }) => container.pull === 'failing') ?? views.find(({ registry }) => registry !== null) ?? views[0];
  return view ? probeNeed(view).because : 'the pod has no container';
}

const need: ProbeNeed = { possible: true, needed: true, because: '' };

function needless(because: string): ProbeNeed {
  return { possible: true, needed: false, because };
}

function impossible(because: string): ProbeNeed {
  return { possible: false, needed: false, because };
}
