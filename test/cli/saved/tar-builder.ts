import { gzipSync } from 'node:zlib';

interface Part {
  readonly name: string;
  readonly data?: string | Buffer;
  /** As in the header: `0` a file, `1` and `2` links, `5` a directory, `x` and `L` names. */
  readonly type?: string;
}

/** A tar archive as collectors make them. */
export function tar(...parts: readonly Part[]): Buffer {
  const blocks = parts.flatMap(({ name, data = '', type = '0' }) => {
    const bytes = Buffer.from(data as string);
    return [header(name, bytes.length, type), bytes, Buffer.alloc(-bytes.length & 511)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function tgz(...parts: readonly Part[]): Buffer {
  return gzipSync(tar(...parts));
}

function header(name: string, size: number, type: string): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write(name, 0, 100);
  bytes.write('0000644\0', 100);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write(`        ${type}`, 148);
  bytes.write('ustar\u000000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}
