import { createHash } from 'node:crypto';
import { rankPlatform } from '../image/platform.ts';
import type { Platform } from '../values/evidence.ts';
import { fieldsOf, parseObject } from '../values/json-object.ts';

/** All types that the runtimes ask for: without the lists some registries answer 404, or with schema 1 (containerd, containers/image). */
export const acceptManifests = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  '*/*',
].join(', ');

/** containerd takes no manifest larger than this: `4 * 1048 * 1048`, sic (core/remotes/docker/resolver.go, MaxManifestSize). */
export const manifestLimit = 4 * 1048 * 1048;

export interface Blob {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
}

/** An image of an index, or a further index. */
export interface IndexEntry {
  readonly digest: string;
  /** null: it does not say. */
  readonly platform: Platform | null;
}

export interface Manifest {
  readonly mediaType: string;
  readonly digest: string;
  /** Of an index; what is no image (attestations, of platform unknown) is left out. */
  readonly children: readonly IndexEntry[] | null;
  /** There are more entries or layers than are read, or some that cannot be. */
  readonly isCut: boolean;
  readonly config: Blob | null;
  readonly layers: readonly Blob[];
}

const mostEntries = 1000;
const digestPattern = /^[A-Za-z0-9_+.-]{1,32}:[0-9a-fA-F]{32,128}$/;

/** Reads a manifest or an index of any kind. null: it is neither, whatever the content type says. */
export function parseManifest(body: Buffer, contentType: string | null): Manifest | null {
  const root = parseObject(body.toString('utf8'));
  if (!root || typeof root.schemaVersion !== 'number') return null;
  const declared = typeof root.mediaType === 'string' ? root.mediaType : contentType;
  const entries = Array.isArray(root.manifests) ? root.manifests.slice(0, mostEntries).map(toEntry) : null;
  return {
    mediaType: (declared ?? '').split(';', 1)[0]?.trim().slice(0, 200) ?? '',
    digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    children: entries?.filter((entry) => entry !== null).filter(isImage) ?? null,
    isCut: entries?.includes(null) || [root.manifests, root.layers].some((list) => Array.isArray(list) && list.length > mostEntries),
    config: toBlob(root.config),
    layers: Array.isArray(root.layers) ? root.layers.slice(0, mostEntries).flatMap((layer) => toBlob(layer) ?? []) : [],
  };
}

function toEntry(value: unknown): IndexEntry | null {
  const { digest, platform } = fieldsOf(value);
  return typeof digest === 'string' && digestPattern.test(digest) ? { digest, platform: toPlatform(platform) } : null;
}

function isImage({ platform }: IndexEntry): boolean {
  return platform?.os !== 'unknown' && platform?.architecture !== 'unknown';
}

function toBlob(value: unknown): Blob | null {
  const { digest, size, mediaType } = fieldsOf(value);
  if (typeof digest !== 'string' || !digestPattern.test(digest)) return null;
  const bytes = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : 0;
  return { digest, size: bytes, mediaType: typeof mediaType === 'string' ? mediaType.slice(0, 200) : '' };
}

/** The platform of an index entry, or of an image's config, which spells it the same way. */
export function toPlatform(value: unknown): Platform | null {
  const { os, architecture, variant } = fieldsOf(value);
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === '' || architecture === '') return null;
  const platform = { os: os.slice(0, 40), architecture: architecture.slice(0, 40) };
  return typeof variant === 'string' && variant !== '' ? { ...platform, variant: variant.slice(0, 40) } : platform;
}

/**
 * The entry of an index that a runtime on the node would take: the best match, the first of equals; one that names no platform only where
 * none matches (containerd core/images/handlers.go, LimitManifests; containers/image internal/manifest/oci_index.go, chooseInstance). null:
 * none.
 */
export function chooseEntry(entries: readonly IndexEntry[], node: Platform): IndexEntry | null {
  const ranked = entries.flatMap((entry) => {
    const rank = entry.platform ? rankPlatform(node, entry.platform) : Number.MAX_SAFE_INTEGER;
    return rank === null ? [] : [{ entry, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.entry ?? null;
}

/** Compressed bytes of config and layers; null: it has no config. */
export function sizeOf({ config, layers }: Manifest): number | null {
  return config ? layers.reduce((sum, { size }) => sum + size, config.size) : null;
}
