import type { FileSystemFacts, NodeFacts } from '../values/evidence.ts';
import type { ImageView } from './view.ts';

/** The node's disk for images against this image. */
export interface Room {
  /** `full`: the kubelet's own threshold is passed, or no inodes are left; `too-small`: not even the compressed image fits; `tight`: unpacked it may not. */
  readonly state: 'full' | 'too-small' | 'tight' | 'enough';
  /** The kubelet has tried to make room and could not, by its events of the last hour. */
  readonly cannotMakeRoom: boolean;
}

/** Compressed layers are kept while they are unpacked, to two or three times their size (containerd keeps both for good). */
const unpackedTimes = 3;

/** null: the node does not say how full its disk is. */
export function roomFor({ node, registry, evidence }: ImageView): Room | null {
  if (!node) return null;
  const cannotMakeRoom = node.events.some(({ last }) => Date.parse(evidence.collectedAt) - Date.parse(last) < 3_600_000);
  const pressure = node.conditions.some(({ type, status }) => type === 'DiskPressure' && status === 'True');
  if ('obstacle' in node.imageFs) return pressure ? { state: 'full', cannotMakeRoom } : null;
  const fs = node.imageFs.value;
  const free = fs.availableBytes - thresholdOf(node, fs);
  if (pressure || free <= 0 || outOfInodes(fs)) return { state: 'full', cannotMakeRoom };
  const size = registry?.manifest?.size ?? 0;
  const state = size > free ? 'too-small' : size * unpackedTimes > free ? 'tight' : 'enough';
  return { state, cannotMakeRoom };
}

function outOfInodes({ inodes, inodesFree }: FileSystemFacts): boolean {
  return inodes !== null && inodes > 0 && inodesFree !== null && inodesFree / inodes < 0.005;
}

/** Bytes that the kubelet keeps free: `imagefs.available` of its evictionHard, where that could be read. */
function thresholdOf({ kubeletConfig }: NodeFacts, { capacityBytes }: FileSystemFacts): number {
  const written = kubeletConfig && 'value' in kubeletConfig ? kubeletConfig.value.evictionHard['imagefs.available'] : undefined;
  return written === undefined ? 0 : bytesOf(written, capacityBytes);
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A threshold as the kubelet writes it: a share, `15%`, or a quantity, `1Gi`; 0 where it is neither. */
export function bytesOf(written: string, capacity: number): number {
  const [, number = '', unit = ''] = /^([0-9]+(?:\.[0-9]+)?)(%|[kMGT]|[KMGT]i)?$/.exec(written) ?? [];
  if (number === '') return 0;
  return unit === '%' ? (capacity * Number(number)) / 100 : Number(number) * (units[unit] ?? 1);
}
