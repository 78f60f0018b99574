import type { Readable } from 'node:stream';
import { NetworkError } from './network-error.ts';
import type { Incoming } from './transport.ts';

/** The body, unpacked. */
export async function unpacked({ headers, body }: Incoming): Promise<Readable> {
  if (headers['content-encoding'] !== 'gzip') return body;
  const { createGunzip } = await import('node:zlib');
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

/**
 * The whole body, unpacked, of at most `limit` bytes.
 * @throws NetworkError for a longer one, unless `truncate` asks for its beginning.
 */
export async function readBody(incoming: Incoming, limit: number, truncate: boolean): Promise<string> {
  // What is wanted whole is unpacked at once: as a stream it takes several times as long.
  if (incoming.headers['content-encoding'] === 'gzip' && !truncate) {
    const zlib = import('node:zlib'); // Loaded while the body arrives.
    return gunzip(await zlib, await collect(incoming.body, limit), limit);
  }
  const bytes = await collect(await unpacked(incoming), limit);
  if (bytes.length > limit) incoming.body.destroy();
  if (bytes.length > limit && !truncate) throw tooLarge(limit);
  return bytes.toString('utf8', 0, Math.min(bytes.length, limit));
}

/** All bytes, or somewhat more than `limit`. */
async function collect(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
}

function gunzip({ gunzipSync }: typeof import('node:zlib'), packed: Buffer, limit: number): string {
  if (packed.length > limit) throw tooLarge(limit);
  try {
    return gunzipSync(packed, { maxOutputLength: limit }).toString('utf8');
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : error;
  }
}

function tooLarge(limit: number): NetworkError {
  return new NetworkError('failed', `the answer is larger than ${Math.round(limit / 1024 / 1024)} MiB`);
}

/** A body of lines, such as a watch's, one at a time. @throws NetworkError for a line of more than `limit` bytes. */
export async function* readLines(incoming: Incoming, limit: number): AsyncGenerator<string> {
  let rest = '';
  try {
    const body = (await unpacked(incoming)).setEncoding('utf8');
    for await (const chunk of body as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > limit)
        throw new NetworkError('failed', `a line of the answer is larger than ${Math.round(limit / 1024 / 1024)} MiB`);
      yield* lines.filter((line) => line.trim() !== '');
    }
    if (rest.trim() !== '') yield rest;
  } finally {
    incoming.body.destroy();
  }
}
