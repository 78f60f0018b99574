import { Readable } from 'node:stream';
import { CommandError } from '../program-errors.ts';
import { ByteReader } from './byte-reader.ts';
import { limits } from './limits.ts';
import type { SavedFile } from './saved-file.ts';
import { filesOfTar, isTar } from './tar.ts';

/** First bytes of what is not read, and what to do instead. */
const others: readonly (readonly [magic: string, advice: string])[] = [
  ['504b0304', 'a zip archive: unpack it and give the directory'],
  ['fd377a58', 'compressed with xz: decompress it first'],
  ['28b52ffd', 'compressed with zstd: decompress it first'],
  ['425a68', 'compressed with bzip2: decompress it first'],
];

/**
 * The files in these bytes: those of an archive, packed or not, or the one that they are. What they are is told by themselves.
 * @param name of the file, for messages
 * @throws CommandError where they are packed in another way, are damaged, or unpack to too much
 */
export async function* unpack(name: string, chunks: AsyncIterable<Uint8Array>, packed = false): AsyncGenerator<SavedFile> {
  const bytes = new ByteReader(chunks);
  const head = await bytes.peek(512);
  const other = others.find(([magic]) => Buffer.from(head.subarray(0, 4)).toString('hex').startsWith(magic));
  if (other) throw new CommandError(`error: ${name} is ${other[1]}`);
  if (head[0] === 0x1f && head[1] === 0x8b && !packed) yield* unpack(name, gunzipped(name, bytes.stream()), true);
  else if (isTar(head)) yield* filesOfTar(bytes);
  else yield { name, isPart: false, chunks: bytes.stream() };
}

async function* gunzipped(name: string, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { createGunzip } = await import('node:zlib');
  let [read, written] = [0, 0];
  const counted = async function* () {
    for await (const chunk of packed) {
      read += chunk.length;
      yield chunk;
    }
  };
  const source = Readable.from(counted(), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) {
      written += chunk.length;
      if (written > limits.ratioFrom && written > read * limits.ratio)
        throw new CommandError(`error: ${name} unpacks to more than ${limits.ratio} times its size: it is not read further`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`error: unable to unpack ${name}: ${(error as Error).message}`, { cause: error });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
