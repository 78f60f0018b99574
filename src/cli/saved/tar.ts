import { CommandError } from '../program-errors.ts';
import type { ByteReader } from './byte-reader.ts';
import { limits } from './limits.ts';
import type { SavedFile } from './saved-file.ts';

const block = 512;
const decoder = new TextDecoder();

/** Whether these are the first 512 bytes of a tar archive: by its magic, or where it has none (before POSIX) by the checksum. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < block || head[0] === 0) return false;
  return field(head, 257, 5) === 'ustar' || hasChecksum(head);
}

/**
 * The plain files of a tar archive (POSIX pax, ustar, GNU), one after the other as they come. Links, devices and names that lead out of the
 * archive are passed over; nothing is written.
 * @throws CommandError where it is damaged or too large
 */
export async function* filesOfTar(bytes: ByteReader): AsyncGenerator<SavedFile> {
  let longName: string | undefined;
  for (let count = 0; ; count++) {
    const header = await bytes.take(block);
    if (header.length < block || header.every((byte) => byte === 0)) return;
    if (!hasChecksum(header)) throw new CommandError('error: the archive is damaged: a header has a wrong checksum');
    if (count > limits.files) throw new CommandError(`error: the archive holds more than ${limits.files.toLocaleString('en-US')} files`);
    const size = sizeOf(header);
    const padding = (block - (size % block)) % block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L' || type === 'x') {
      if (size > limits.header) throw new CommandError('error: the archive is damaged: a name in it is too long');
      const text = decoder.decode(await bytes.take(size));
      await bytes.skip(padding);
      longName = type === 'L' ? text.replace(/\0.*$/s, '') : (paxPath(text) ?? longName);
      continue;
    }
    const name = longName ?? nameOf(header);
    longName = undefined;
    let unread = size;
    if ((type === '0' || type === '\0') && !leadsOut(name)) {
      const stream = bytes.stream(size);
      const chunks = async function* () {
        for await (const chunk of stream) {
          unread -= chunk.length;
          yield chunk;
        }
      };
      yield { name, isPart: true, chunks: chunks() };
    }
    await bytes.skip(unread + padding);
  }
}

function leadsOut(name: string): boolean {
  return name.startsWith('/') || name.split(/[\\/]/).includes('..');
}

function nameOf(header: Uint8Array): string {
  const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : '';
  const name = field(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal, or from 8 GiB on binary (GNU, star). */
function sizeOf(header: Uint8Array): number {
  if (((header[124] ?? 0) & 0x80) !== 0) return header.subarray(128, 136).reduce((size, byte) => size * 256 + byte, 0);
  return Number.parseInt(field(header, 124, 12).trim() || '0', 8) || 0;
}

function hasChecksum(header: Uint8Array): boolean {
  const written = Number.parseInt(field(header, 148, 8).trim(), 8);
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return written === sum;
}

function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]+)\n/.exec(records)?.[1];
}

function field(header: Uint8Array, start: number, length: number): string {
  return decoder.decode(header.subarray(start, start + length)).replace(/\0.*$/s, '');
}
