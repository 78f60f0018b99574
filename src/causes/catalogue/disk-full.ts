import type { FileSystemFacts } from '../../values/evidence.ts';
import { humanBytes } from '../../words/amounts.ts';
import { clip, sentences } from '../../words/text.ts';
import { isFilledByOthers, isMostlyFree, isTriedInVain, keptFree, roomFor } from '../disk.ts';
import { capitalised, imageName, theNode } from '../facts.ts';
import { isDiskTooSmall, makeRoom } from '../fix/disk.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const diskFull: CatalogueEntry = {
  family: 'node',
  title: 'no room for images on the node',
  retry: 'never',
  explanation(view) {
    const what = isRefused(view) ? refused(view) : `The disk for images on ${theNode(view)} has no room for ${imageName(view)}.`;
    return sentences(what, figures(view), contents(view));
  },
  fixes: makeRoom,
};

function isRefused({ pod, container }: ImageView): boolean {
  return pod.reason === 'Evicted' && container.pull !== 'failing';
}

/** The kubelet neither starts such a pod later nor pulls for it. */
function refused(view: ImageView): string {
  return `${capitalised(theNode(view))} is short of disk, so its kubelet takes no new pods (DiskPressure) and will not try this one again: ${view.pod.owner ? 'its controller makes another' : 'make it anew when there is room'}.`;
}

/** What is free, what the kubelet keeps of it, and what the image needs. */
function figures(view: ImageView): string | null {
  const { node, registry } = view;
  const disk = node && 'value' in node.imageFs ? node.imageFs.value : null;
  const size = registry?.manifest?.size ?? null;
  const needs = size === null ? null : `The image is ${humanBytes(size)} compressed and needs about two to four times that on the disk.`;
  if (!node || !disk) return needs;
  const free = `${humanBytes(disk.availableBytes)} of ${humanBytes(disk.capacityBytes)} are free`;
  if (isDiskTooSmall(view))
    return sentences(
      `The disk is too small: all of it is ${humanBytes(disk.capacityBytes)}, so removing other images does not help.`,
      needs,
    );
  const room = roomFor(view);
  if (room?.short === 'inodes')
    return `What it lacks are inodes: ${disk.inodesFree} of ${disk.inodes} are free, and each file of an image takes one (of bytes, ${free}).`;
  const kept = keptFree(node, 'imagefs.available', disk.capacityBytes);
  const keeps = kept ? `, and the kubelet keeps ${humanBytes(kept)} free` : '';
  if (room?.state === 'enough' && size !== null && !isRefused(view))
    return `Now ${free}${keeps}, enough for an image of ${humanBytes(size)} compressed: it was full for a while, or a quota or another disk of the node is.`;
  if (size === null && isMostlyFree(view) && !isRefused(view))
    return `Now ${free}${keeps}: what a failed pull gives back. The image needs more than that, or the disk was full for a while, or a quota or another disk of the node is.`;
  return sentences(`Now ${free}${keeps}${size !== null || keeps || isRefused(view) ? '' : ', which a failed pull gives back'}.`, needs);
}

/** What is on the disk besides images, where that is what fills it, and whether the kubelet could make room. */
function contents(view: ImageView): string | null {
  const { node } = view;
  if (!node || isDiskTooSmall(view)) return null;
  const room = roomFor(view);
  const tried = node.events.findLast(isTriedInVain);
  return sentences(
    'value' in node.imageFs ? others(view, node.imageFs.value) : null,
    room?.cannotMakeRoom && tried ? `The kubelet has tried to remove unused images and found too few (${tried.reason}).` : null,
  );
}

function others(view: ImageView, { capacityBytes, availableBytes, imagesBytes = 0, writers = [] }: FileSystemFacts): string {
  const room = roomFor(view);
  const used = capacityBytes - availableBytes;
  const [writer] = writers;
  return sentences(
    isFilledByOthers(view) && room?.state !== 'enough' && room?.short !== 'inodes'
      ? `Images take ${imagesBytes === 0 ? 'nothing' : `only ${humanBytes(imagesBytes)}`} of the ${humanBytes(used)} in use.`
      : null,
    writer && writer.bytes * 10 > used ? `Of the pods there, ${clip(writer.pod)} wrote most: ${humanBytes(writer.bytes)}.` : null,
  );
}
