import { createHash } from 'node:crypto';
import { isImageConfig } from '../image/media-types.ts';
import type { ConnectionFault, Exchange, ImageRegistryFacts, Platform } from '../values/evidence.ts';
import { parseObject } from '../values/json-object.ts';
import type { Trial } from './conclusion.ts';
import { ask, type Conversation, type Reaction, registryUrl } from './conversation.ts';
import { refusedAddress } from './guard.ts';
import { type Blob, type Manifest, toPlatform } from './manifest.ts';
import { isNotAsked } from './not-asked.ts';
import type { Answer } from './transport.ts';

export type BlobFacts = NonNullable<ImageRegistryFacts['blob']>;
type Sizes = NonNullable<BlobFacts['sizes']>;

const configLimit = 1024 * 1024;
const mostSmallLayers = 8;

interface BlobsCheck {
  /** The first fault, else the largest layer. null: nothing is known of them. */
  readonly blob: BlobFacts | null;
  /** As the config says, where it was wanted. */
  readonly platform: Platform | null;
  readonly exchanges: readonly Exchange[];
}

/** The config and the largest layer as they would be fetched, their first byte only; of other layers whether they are there. */
export async function checkBlobs(
  conversation: Conversation,
  trial: Trial,
  { config, layers }: Manifest,
  wantsConfig: boolean,
): Promise<BlobsCheck> {
  const own = layers.filter(({ mediaType }) => !/foreign|nondistributable/.test(mediaType)).sort((a, b) => b.size - a.size);
  const [largest, ...others] = own;
  const whole = wantsConfig && config !== null && isImageConfig(config.mediaType);
  const checks = await Promise.all([
    ...(config ? [fetchBlob(conversation, trial, config, whole)] : []),
    ...(largest ? [fetchBlob(conversation, trial, largest, false)] : []),
    ...others.slice(0, mostSmallLayers).map((layer) => findBlob(conversation, trial, layer)),
  ]);
  const platform = whole ? toPlatform(parseObject(checks[0]?.body ?? '')) : null;
  const blobs = checks.flatMap(({ facts }) => facts ?? []);
  const faulty = blobs.find(({ status, fault }) => fault !== null || (status ?? 0) >= 400);
  // Of what was not fetched in the end, the others cannot speak.
  const silent = checks.slice(0, 2).some(({ facts }) => facts === null);
  const blob = faulty ?? (silent ? null : (blobs.find(({ digest }) => digest === largest?.digest) ?? blobs[0] ?? null));
  return { blob, platform, exchanges: checks.flatMap(({ exchanges }) => exchanges) };
}

interface BlobCheck {
  /** null: we refused to go where the registry pointed, or did not come to it, which says nothing of the blob. */
  readonly facts: BlobFacts | null;
  readonly body: string | null;
  readonly exchanges: readonly Exchange[];
}

async function fetchBlob(conversation: Conversation, trial: Trial, blob: Blob, whole: boolean): Promise<BlobCheck> {
  const get = (range: boolean) =>
    ask(conversation, {
      purpose: whole ? 'config' : 'blob',
      method: 'GET',
      url: registryUrl(conversation, `blobs/${blob.digest}`),
      authorization: trial.authorization,
      accept: '*/*',
      ...(range ? { range: 'bytes=0-0' } : {}),
      bodyLimit: whole ? configLimit : 0,
    });
  const first = await get(!whole && blob.size > 0);
  // A server that knows no ranges: the runtimes ask without one.
  const again = first.answer?.status === 416 ? await get(false) : null;
  const reaction = again ?? first;
  const { answer } = reaction;
  const body = whole && answer?.status === 200 && !answer.truncated ? answer.body : null;
  const sizes = wrongSize(answer, blob);
  const fault = reaction.fault ?? wrongContent(reaction, blob, body) ?? (sizes ? faultOf(sizes) : null);
  const facts = factsOf(reaction.url.host, answer?.status ?? null, fault, blob.digest);
  return {
    facts: facts && sizes ? { ...facts, sizes } : facts,
    body: body && fault === null ? body.toString('utf8') : null,
    exchanges: [...first.exchanges, ...(again?.exchanges ?? [])],
  };
}

/** A page in place of a blob, or bytes that are not those that the manifest names. */
function wrongContent({ answer }: Reaction, { digest }: Blob, body: Buffer | null): ConnectionFault | null {
  const fault = (message: string): ConnectionFault => ({ layer: 'http', code: 'bad-response', message });
  if (!answer || answer.status >= 300) return null;
  if (/^text\/html/i.test(answer.headers['content-type'] ?? '')) return fault('a web page where a blob should be');
  if (!body || !digest.startsWith('sha256:')) return null;
  return `sha256:${createHash('sha256').update(body).digest('hex')}` === digest.toLowerCase()
    ? null
    : fault('the content does not have its digest');
}

/**
 * Where the manifest says another length than the blob has: a runtime that reads it whole takes it for cut off. null: they agree, or are
 * not known.
 */
function wrongSize(answer: Answer | null, { size }: Blob): Sizes | null {
  const served = lengthOf(answer);
  return served === null || size === 0 || served === size ? null : { manifest: size, served };
}

/** Bytes of the whole, of which only the first may have been asked for. null: the answer does not say. */
function lengthOf(answer: Answer | null): number | null {
  if (answer === null || answer.headers['content-encoding'] !== undefined) return null;
  const { status, headers } = answer;
  const told = status === 206 ? /^bytes \d+-\d+\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length'];
  return (status === 200 || status === 206) && told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : null;
}

function faultOf({ manifest, served }: Sizes): ConnectionFault {
  return { layer: 'http', code: 'wrong-size', message: `it has ${served} bytes, and the manifest says ${manifest}` };
}

/** HEAD without following redirects: to be sent on is to have it. What HEAD denies, or says of its length, GET has to confirm. */
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
  if (status !== null && status < 400 && !wrongSize(head.answer, blob))
    return { facts: factsOf(url.host, status, null, blob.digest), body: null, exchanges: head.exchanges };
  if (status !== 404 && status !== 200) return { facts: null, body: null, exchanges: head.exchanges };
  const confirmed = await fetchBlob(conversation, trial, blob, false);
  return { ...confirmed, exchanges: [...head.exchanges, ...confirmed.exchanges] };
}

function factsOf(host: string, status: number | null, fault: ConnectionFault | null, digest: string): BlobFacts | null {
  return fault && (fault.code === refusedAddress || isNotAsked(fault)) ? null : { host, status, fault, digest };
}
