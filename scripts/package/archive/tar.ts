import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Entry } from './entry.ts';

const block = 512;

/** A .tar.gz (POSIX.1-1988 ustar, RFC 1952) that depends on nothing but its entries and the time. @param time in seconds since 1970 */
export async function tarGz(entries: readonly Entry[], time: number): Promise<Buffer> {
  const parts = entries.flatMap(({ name, mode, data }) => [
    header(name, mode, data.length, time),
    data,
    Buffer.alloc(-data.length & (block - 1)),
  ]);
  const compressed = await promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 6 });
  // Bytes 4 to 7 are the time, which zlib leaves 0; 9 is the system that made it: "unknown", wherever that was.
  compressed[9] = 255;
  return compressed;
}

export function header(name: string, mode: number, size: number, time: number): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100);
  bytes.write(octal(mode, 7), 100);
  bytes.write(octal(0, 7), 108);
  bytes.write(octal(0, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(time, 11), 136);
  bytes.write('        0', 148);
  bytes.write('ustar\u000000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return bytes;
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\u0000`;
}
