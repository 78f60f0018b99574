import type { FileSystemFacts, NodeFacts } from '../values/evidence.ts';
import type { ImageView } from './view.ts';

/** The node's disk for images against this image. */
export interface Room {
  /** `full`: the kubelet's own threshold is passed; `too-small`: not even the compressed image fits; `tight`: unpacked it may not. */
  readonly state: 'full' | 'too-small' | 'tight' | 'enough';
  /** What there is least of. */
  readonly short: 'bytes' | 'inodes';
  /** The disk's own figures say so; else it is the node's condition alone, which may be about another disk of it. */
  readonly measured: boolean;
  /** The kubelet has tried to make room and could not, by its events of the last hour. */
  readonly cannotMakeRoom: boolean;
}

/** Compressed layers are kept while they are unpacked, to two or three times their size (containerd keeps both for good). */
const unpackedTimes = 3;

/** null: the node does not say how full its disk is. */
export function roomFor({ node, registry, evidence }: ImageView): Room | null {
  if (!node) return null;
  const cannotMakeRoom = node.events.some(
    (event) => isTriedInVain(event) && Date.parse(evidence.collectedAt) - Date.parse(event.last) < 3_600_000,
  );
  const pressure = node.conditions.some(({ type, status }) => type === 'DiskPressure' && status === 'True');
  if ('obstacle' in node.imageFs) return pressure ? { state: 'full', short: 'bytes', measured: false, cannotMakeRoom } : null;
  const fs = node.imageFs.value;
  const short = isShortOfInodes(fs) ? 'inodes' : 'bytes';
  const free = fs.availableBytes - (keptFree(node, 'imagefs.available', fs.capacityBytes) ?? 0);
  const measured = free <= 0 || isOutOfInodes(node, fs);
  if (measured || pressure) return { state: 'full', short, measured, cannotMakeRoom };
  const size = registry?.manifest?.size ?? 0;
  const state = size > free ? 'too-small' : size * unpackedTimes > free ? 'tight' : 'enough';
  return { state, short, measured: true, cannotMakeRoom };
}

/**
 * The garbage collection of images ended without room (pkg/kubelet/images/image_gc_manager.go). `ImageGCFailed` also passes on that the
 * disk's figures could not be had, and an eviction that was only begun may yet succeed.
 */
export function isTriedInVain({ reason, message }: NodeFacts['events'][number]): boolean {
  return reason === 'FreeDiskSpaceFailed' || (reason === 'ImageGCFailed' && /\bto free\b|\bfreed\b/i.test(message));
}

/** Of its inodes a smaller share is free than of its bytes, and a small one. */
function isShortOfInodes({ availableBytes, capacityBytes, inodes, inodesFree }: FileSystemFacts): boolean {
  if (!inodes || inodesFree === null) return false;
  const share = inodesFree / inodes;
  return share < 0.1 && share < availableBytes / Math.max(1, capacityBytes);
}

/** Without a threshold of the kubelet's: a handful is none, as a layer is made of many files. */
const fewInodes = 0.005;

function isOutOfInodes(node: NodeFacts, { inodes, inodesFree }: FileSystemFacts): boolean {
  if (!inodes || inodesFree === null) return false;
  return inodesFree <= Math.max(keptFree(node, 'imagefs.inodesFree', inodes) ?? 0, inodes * fewInodes);
}

/**
 * What the kubelet keeps free of the whole, by this signal of its evictionHard; null: it has no such threshold, or it could not be read.
 */
export function keptFree({ kubeletConfig }: NodeFacts, signal: string, whole: number): number | null {
  const written = kubeletConfig && 'value' in kubeletConfig ? kubeletConfig.value.evictionHard[signal] : undefined;
  return written === undefined ? null : bytesOf(written, whole);
}

/** Images are the smaller part of what is used, so that removing them gives little back; false where that is not known. */
export function isFilledByOthers({ node }: ImageView): boolean {
  const fs = node && 'value' in node.imageFs ? node.imageFs.value : null;
  if (!fs || fs.imagesBytes === undefined) return false;
  // Compressed layers, which are not counted, are smaller than what they unpack to.
  return fs.imagesBytes * 2 < (fs.capacityBytes - fs.availableBytes) / 2;
}

/** Nothing fills this disk: most of it is free, and all that is on it makes up less than a quarter; false where that is not known. */
export function isMostlyFree(view: ImageView): boolean {
  const { node } = view;
  const fs = node && 'value' in node.imageFs ? node.imageFs.value : null;
  const room = roomFor(view);
  if (!fs || room?.state !== 'enough' || room.short !== 'bytes' || room.cannotMakeRoom) return false;
  return (fs.capacityBytes - fs.availableBytes) * 4 < fs.capacityBytes;
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
