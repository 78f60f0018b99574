import type { ConnectionFault, Exchange, ImageRegistryFacts, Platform } from '../values/evidence.ts';
import { parseObject } from '../values/json-object.ts';
import { ask, type Conversation, registryUrl } from './conversation.ts';
import { refusedAddress } from './guard.ts';
import { type Blob, chooseChild, type Manifest, toPlatform } from './manifest.ts';
import { readManifest, type Trial } from './trial.ts';

export type ManifestFacts = NonNullable<ImageRegistryFacts['manifest']>;
export type BlobFacts = NonNullable<ImageRegistryFacts['blob']>;

export interface ContentFacts {
  readonly manifest: ManifestFacts | null;
  readonly blob: BlobFacts | null;
  readonly exchanges: readonly Exchange[];
}

/** Below this many pulls left, manifests are not read: on Docker Hub each counts as a pull. */
const spareQuota = 10;
const configLimit = 1024 * 1024;
const mostSmallLayers = 8;
const imageConfig = /^application\/vnd\.(?:docker\.container\.image\.v1\+json|oci\.image\.config\.v1\+json)$/;

/** What a manifest that was found holds: its platforms, and whether the blobs behind it can be had. */
export async function readContent(conversation: Conversation, trial: Trial, node: Platform | null): Promise<ContentFacts> {
  const spare = trial.rateLimit?.remaining ?? null;
  if (!trial.manifest && spare !== null && spare < spareQuota) return { manifest: unread(trial), blob: null, exchanges: [] };
  const read = trial.manifest ? null : await readManifest(conversation, trial.authorization);
  const manifest = trial.manifest ?? read?.manifest ?? null;
  const exchanges = read?.reaction.exchanges ?? [];
  if (!manifest) return { manifest: unread(trial), blob: null, exchanges };
  const content = manifest.children
    ? await readIndex(conversation, trial, manifest, manifest.children, node)
    : await readImage(conversation, trial, manifest);
  return { ...content, exchanges: [...exchanges, ...content.exchanges] };
}

function unread({ reaction }: Trial): ManifestFacts | null {
  const headers = reaction?.answer?.headers;
  const mediaType = headers?.['content-type']?.split(';', 1)[0]?.slice(0, 200);
  const digest = headers?.['docker-content-digest'];
  if (mediaType === undefined) return null;
  return { mediaType, digest: typeof digest === 'string' ? digest.slice(0, 200) : null, platforms: [], configMediaType: null, size: null };
}

async function readIndex(
  conversation: Conversation,
  trial: Trial,
  index: Manifest,
  children: NonNullable<Manifest['children']>,
  node: Platform | null,
): Promise<ContentFacts> {
  const facts = {
    mediaType: index.mediaType,
    digest: index.digest,
    platforms: children.flatMap(({ platform }) => platform ?? []),
    configMediaType: null,
    size: null,
  };
  const digest = node && chooseChild(children, node);
  if (!digest) return { manifest: facts, blob: null, exchanges: [] };
  const { reaction, manifest } = await readManifest(conversation, trial.authorization, digest);
  if (!manifest) return { manifest: facts, blob: null, exchanges: reaction.exchanges };
  const blobs = await checkBlobs(conversation, trial, manifest, false);
  return {
    manifest: { ...facts, configMediaType: manifest.config?.mediaType ?? null, size: sizeOf(manifest) },
    blob: blobs.blob,
    exchanges: [...reaction.exchanges, ...blobs.exchanges],
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

function sizeOf({ config, layers }: Manifest): number | null {
  return config ? layers.reduce((sum, { size }) => sum + size, config.size) : null;
}

/** The config and the largest layer as they would be fetched, their first byte only; of other layers whether they are there. The first fault tells, else the largest layer. */
async function checkBlobs(conversation: Conversation, trial: Trial, manifest: Manifest, wantsConfig: boolean) {
  const { config } = manifest;
  const layers = manifest.layers.filter(({ mediaType }) => !/foreign|nondistributable/.test(mediaType)).sort((a, b) => b.size - a.size);
  const [largest, ...others] = layers;
  const whole = wantsConfig && config !== null && imageConfig.test(config.mediaType);
  const checks = await Promise.all([
    ...(config ? [fetchBlob(conversation, trial, config, whole)] : []),
    ...(largest ? [fetchBlob(conversation, trial, largest, false)] : []),
    ...others.slice(0, mostSmallLayers).map((layer) => findBlob(conversation, trial, layer)),
  ]);
  const platform = whole ? toPlatform(parseObject(checks[0]?.body ?? '')) : null;
  const blobs = checks.flatMap(({ facts }) => facts ?? []);
  const faulty = blobs.find(({ status, fault }) => fault !== null || (status ?? 0) >= 400);
  const blob = faulty ?? blobs.find(({ digest }) => digest === largest?.digest) ?? blobs[0] ?? null;
  return { blob, platform, exchanges: checks.flatMap(({ exchanges }) => exchanges) };
}

interface BlobCheck {
  /** null: we refused to go where the registry pointed, which says nothing of the blob. */
  readonly facts: BlobFacts | null;
  readonly body: string | null;
  readonly exchanges: readonly Exchange[];
}

async function fetchBlob(conversation: Conversation, trial: Trial, blob: Blob, whole: boolean): Promise<BlobCheck> {
  const { answer, fault, url, exchanges } = await ask(conversation, {
    purpose: whole ? 'config' : 'blob',
    method: 'GET',
    url: registryUrl(conversation, `blobs/${blob.digest}`),
    authorization: trial.authorization,
    accept: '*/*',
    ...(whole || blob.size === 0 ? {} : { range: 'bytes=0-0' }),
    bodyLimit: whole ? configLimit : 0,
  });
  const body = whole && answer?.status === 200 && !answer.truncated ? answer.body.toString('utf8') : null;
  return { facts: factsOf(url.host, answer?.status ?? null, fault, blob.digest), body, exchanges };
}

/** HEAD without following redirects: to be sent on is to have it. What HEAD denies, GET has to confirm. */
async function findBlob(conversation: Conversation, trial: Trial, blob: Blob): Promise<BlobCheck> {
  const url = registryUrl(conversation, `blobs/${blob.digest}`);
  const head = await ask(conversation, {
    purpose: 'blob',
    method: 'HEAD',
    url,
    authorization: trial.authorization,
    accept: '*/*',
    follow: false,
  });
  const status = head.answer?.status ?? null;
  if (status !== null && status < 400)
    return { facts: factsOf(url.host, status, null, blob.digest), body: null, exchanges: head.exchanges };
  if (status !== 404) return { facts: null, body: null, exchanges: head.exchanges };
  const confirmed = await fetchBlob(conversation, trial, blob, false);
  return { ...confirmed, exchanges: [...head.exchanges, ...confirmed.exchanges] };
}

function factsOf(host: string, status: number | null, fault: ConnectionFault | null, digest: string): BlobFacts | null {
  return fault?.code === refusedAddress ? null : { host, status, fault, digest };
}
