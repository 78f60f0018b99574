import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A manifest, an index, a config or a layer: what a registry serves under a digest. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

export interface Repository {
  /** Manifests and indexes by tag and by digest. */
  readonly manifests: ReadonlyMap<string, Blob>;
  readonly blobs: ReadonlyMap<string, Blob>;
  readonly tags: readonly string[];
}

/** A repository whose tags all name one image for an architecture, behind an index where `indexed`. */
export function repository(tags: readonly string[], architecture: string, indexed = false): Repository {
  const layer = blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(Buffer.alloc(1024)));
  const diff = `sha256:${createHash('sha256').update(Buffer.alloc(1024)).digest('hex')}`;
  const config = json('application/vnd.oci.image.config.v1+json', {
    architecture,
    os: 'linux',
    config: { Entrypoint: ['/app'] },
    rootfs: { type: 'layers', diff_ids: [diff] },
  });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = json(mediaType, { schemaVersion: 2, mediaType, config: descriptor(config), layers: [descriptor(layer)] });
  const indexType = 'application/vnd.oci.image.index.v1+json';
  const platform = { os: 'linux', architecture };
  const index = json(indexType, { schemaVersion: 2, mediaType: indexType, manifests: [{ ...descriptor(manifest), platform }] });
  const top = indexed ? index : manifest;
  return {
    manifests: new Map([...tags.map((tag) => [tag, top] as const), [top.digest, top], [manifest.digest, manifest]]),
    blobs: new Map([layer, config].map((one) => [one.digest, one])),
    tags,
  };
}

const blob = (mediaType: string, bytes: Buffer): Blob => ({
  mediaType,
  bytes,
  digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
});
const json = (mediaType: string, value: unknown): Blob => blob(mediaType, Buffer.from(JSON.stringify(value)));
const descriptor = ({ mediaType, digest, bytes }: Blob) => ({ mediaType, digest, size: bytes.length });
