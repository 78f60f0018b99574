import type { Exchange, ImageRegistryFacts, Platform } from '../values/evidence.ts';
import { readManifest } from './ask-manifest.ts';
import { type BlobFacts, checkBlobs } from './blobs.ts';
import type { Trial } from './conclusion.ts';
import type { Conversation } from './conversation.ts';
import { readIndex } from './index-content.ts';
import { type Manifest, sizeOf } from './manifest.ts';

export type ManifestFacts = NonNullable<ImageRegistryFacts['manifest']>;

export interface ContentFacts {
  readonly manifest: ManifestFacts | null;
  readonly blob: BlobFacts | null;
  readonly exchanges: readonly Exchange[];
}

/** Below this many pulls left, manifests are not read: on Docker Hub each counts as a pull. */
const spareQuota = 10;

/** What a manifest that was found holds: its platforms, and whether the blobs behind it can be had. */
export async function readContent(conversation: Conversation, trial: Trial, node: Platform | null): Promise<ContentFacts> {
  const spare = trial.rateLimit?.remaining ?? null;
  if (!trial.manifest && spare !== null && spare < spareQuota) return { manifest: unread(trial), blob: null, exchanges: [] };
  const read = trial.manifest ? null : await readManifest(conversation, trial.authorization);
  const manifest = trial.manifest ?? read?.manifest ?? null;
  const exchanges = read?.reaction.exchanges ?? [];
  if (!manifest || !isPromised(trial, manifest)) return { manifest: unread(trial), blob: null, exchanges };
  const content = manifest.children ? await readIndex(conversation, trial, manifest, node) : await readImage(conversation, trial, manifest);
  return { ...content, exchanges: [...exchanges, ...content.exchanges] };
}

/** The digest that HEAD promised is what a runtime asks for next, so what GET of the tag brought has to be that. */
function isPromised({ reaction }: Trial, { digest }: Manifest): boolean {
  const promised = reaction?.answer?.headers['docker-content-digest'];
  return typeof promised !== 'string' || !promised.startsWith('sha256:') || promised.toLowerCase() === digest;
}

function unread({ reaction }: Trial): ManifestFacts {
  const headers = reaction?.answer?.headers;
  const mediaType = headers?.['content-type']?.split(';', 1)[0]?.slice(0, 200);
  const digest = headers?.['docker-content-digest'];
  return {
    mediaType: mediaType ?? '',
    digest: typeof digest === 'string' ? digest.slice(0, 200) : null,
    platforms: [],
    configMediaType: null,
    size: null,
    unread: 'manifest',
  };
}

async function readImage(conversation: Conversation, trial: Trial, manifest: Manifest): Promise<ContentFacts> {
  const { blob, exchanges, platform } = await checkBlobs(conversation, trial, manifest, true);
  const facts = {
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    platforms: platform ? [platform] : [],
    configMediaType: manifest.config?.mediaType ?? null,
    size: sizeOf(manifest),
  };
  return { manifest: facts, blob, exchanges };
}
