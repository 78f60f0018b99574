import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import type { Entry } from './entry.ts';

const unix = 3;
const version = 20;
const deflated = 8;
const regularFile = 0o100000;

/** A .zip (PKWARE APPNOTE 6.3, without its 64-bit form) that depends on nothing but its entries and the time. @param time in seconds since 1970 */
export async function zip(entries: readonly Entry[], time: number): Promise<Buffer> {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = await promisify(deflateRaw)(entry.data, { level: 6 });
    const about = common(entry, data.length, time);
    const name = Buffer.from(entry.name);
    const head = Buffer.concat([numbers([0x04034b50, 4]), about, name]);
    central.push(numbers([0x02014b50, 4], [version | (unix << 8), 2]), about, centralOnly(entry.mode, offset), name);
    local.push(head, data);
    offset += head.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = numbers([0x06054b50, 4], [0, 4], [entries.length, 2], [entries.length, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...local, directory, end]);
}

/** What the local and the central header of a file share: from "version needed" to the length of the extra field. */
function common({ name, data }: Entry, compressedSize: number, time: number): Buffer {
  const date = new Date(time * 1000);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const sizes: [number, number][] = [
    [compressedSize, 4],
    [data.length, 4],
    [Buffer.byteLength(name), 2],
    [0, 2],
  ];
  return numbers([version, 2], [0, 2], [deflated, 2], [clock, 2], [day, 2], [crc32(data), 4], ...sizes);
}

/** From the length of the comment to the place of the local header. */
function centralOnly(mode: number, offset: number): Buffer {
  return numbers([0, 2], [0, 2], [0, 2], [((regularFile | mode) << 16) >>> 0, 4], [offset, 4]);
}

function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
