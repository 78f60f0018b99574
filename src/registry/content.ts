import type { Exchange, ImageRegistryFacts, Platform } from '../values/evidence.ts';
import { type BlobFacts, checkBlobs } from './blobs.ts';
import type { Conversation } from './conversation.ts';
import { chooseChild, type Manifest } from './manifest.ts';
import { readManifest, type Trial } from './trial.ts';

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
  const content = manifest.children
    ? await readIndex(conversation, trial, manifest, manifest.children, node)
    : await readImage(conversation, trial, manifest);
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

/** Where no one platform is asked for, one image of the index stands for the others. */
async function readIndex(
  conversation: Conversation,
  trial: Trial,
  index: Manifest,
  children: NonNullable<Manifest['children']>,
  node: Platform | null,
): Promise<ContentFacts> {
  const facts: ManifestFacts = {
    mediaType: index.mediaType,
    digest: index.digest,
    platforms: children.flatMap(({ platform }) => platform ?? []),
    ...(index.isCut || children.some(({ platform }) => platform === null) ? { morePlatforms: true } : {}),
    configMediaType: null,
    size: null,
  };
  const digest = chooseChild(children, node ?? usualPlatform) ?? (node ? null : (children[0]?.digest ?? null));
  // It is for none of the node's platform, which is all there is to say of it.
  if (digest === null) return { manifest: facts, blob: null, exchanges: [] };
  const { reaction, manifest } = await readManifest(conversation, trial.authorization, digest);
  if (!manifest || manifest.children) return { manifest: { ...facts, unread: 'image' }, blob: null, exchanges: reaction.exchanges };
  const blobs = await checkBlobs(conversation, trial, manifest, false);
  return {
    manifest: {
      ...facts,
      configMediaType: manifest.config?.mediaType ?? null,
      size: node && sizeOf(manifest),
      ...(node ? {} : { sample: true }),
    },
    blob: blobs.blob,
    exchanges: [...reaction.exchanges, ...blobs.exchanges],
  };
}

const usualPlatform: Platform = { os: 'linux', architecture: 'amd64' };

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

function sizeOf({ config, layers }: Manifest): number | null {
  return config ? layers.reduce((sum, { size }) => sum + size, config.size) : null;
}
