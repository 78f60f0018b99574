import { formatReference, parseReference } from '../../image/reference.ts';
import type { ContainerFacts } from '../../values/evidence.ts';
import { quotedImage } from '../events.ts';
import type { RawPod, RawVolume } from '../kubernetes.ts';
import { notStarted } from './not-started.ts';
import { pullPolicy } from './pull-policy.ts';

/**
 * The kubelet pulls the images of volumes before the containers, and charges a failure to every container that mounts the volume: with the
 * container's reason and a message about the volume's image. Here it is given back to the volume.
 */
export function chargeVolumes(pod: RawPod, containers: readonly ContainerFacts[]): readonly ContainerFacts[] {
  const volumes = (pod.spec.volumes ?? []).filter((volume) => volume.image?.reference);
  if (volumes.length === 0) return containers;
  const mounts = mountsOf(pod);
  const charges = new Map<ContainerFacts, RawVolume>();
  for (const container of containers) {
    const volume = chargedVolume(
      container,
      volumes.filter((volume) => mounts.get(container.container)?.has(volume.name)),
    );
    if (volume) charges.set(container, volume);
  }
  const own = containers.map((container) => (charges.has(container) ? discharged(container, charges.get(container)) : container));
  return [...own, ...volumes.map((volume) => volumeFacts(volume, containers, charges, mounts))];
}

function mountsOf(pod: RawPod): ReadonlyMap<string, ReadonlySet<string>> {
  const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])];
  return new Map(all.map((container) => [container.name, new Set((container.volumeMounts ?? []).map((mount) => mount.name))]));
}

/** The volume among those that it mounts whose image the container's failure is about. */
function chargedVolume(container: ContainerFacts, mounted: readonly RawVolume[]): RawVolume | null {
  const message = container.waiting?.message ?? '';
  if (container.pull !== 'failing') return null;
  const named = mounted.find((volume) => isAboutImage(message, volume.image?.reference ?? ''));
  if (named) return named;
  return message.startsWith('ImageVolumeMountFailed') && mounted.length === 1 ? (mounted[0] ?? null) : null;
}

/** The kubelet quotes the name as written; the runtime, in `ErrImagePull`, the whole name. */
function isAboutImage(message: string, image: string): boolean {
  const quoted = quotedImage(message);
  if (quoted !== null) return quoted === image;
  const parsed = parseReference(image);
  const names = 'reference' in parsed ? [image, formatReference(parsed.reference)] : [image];
  return names.some((name) => containsName(message, name));
}

/** Whether the text holds this name and not merely one that contains it. */
function containsName(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w./:-])(?:docker://)?${escaped}(?![\\w./@-]|:\\w)`).test(text.replaceAll('docker://', ' '));
}

/** With the same image in both, the failure is the container's as much as the volume's. */
function discharged(container: ContainerFacts, volume: RawVolume | undefined): ContainerFacts {
  return container.image === volume?.image?.reference ? container : { ...container, pull: 'unknown', waiting: null };
}

function volumeFacts(
  volume: RawVolume,
  containers: readonly ContainerFacts[],
  charges: ReadonlyMap<ContainerFacts, RawVolume>,
  mounts: ReadonlyMap<string, ReadonlySet<string>>,
): ContainerFacts {
  const image = volume.image?.reference ?? '';
  const failing = containers.find((container) => charges.get(container) === volume);
  const started = containers.some((container) => container.pull === 'pulled' && mounts.get(container.container)?.has(volume.name));
  return {
    container: volume.name,
    kind: 'imageVolume',
    image,
    pullPolicy: pullPolicy(volume.image?.pullPolicy, image),
    pull: failing ? 'failing' : started ? 'pulled' : 'unknown',
    waiting: failing?.waiting ?? null,
    ...notStarted,
    source: failing?.source ?? 'spec.volumes',
  };
}
