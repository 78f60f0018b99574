import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpack } from '../../../src/cli/saved/unpack.ts';
import { tar, tgz } from './tar-builder.ts';

async function* inPieces(bytes: Buffer, piece: number) {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

/** Name → text of all files in these bytes. */
async function read(bytes: Buffer, piece = 1000): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, chunks } of unpack('x', inPieces(bytes, piece))) {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    files[name] = Buffer.concat(parts).toString();
  }
  return files;
}

const big = 'x'.repeat(2000);

test('an archive, packed or not, and a file by itself, whatever they are called', async () => {
  for (const piece of [1, 100, 512, 1e6]) {
    assert.deepEqual(await read(tar({ name: 'a', data: 'A' }, { name: 'd/b', data: big }), piece), { a: 'A', 'd/b': big });
    assert.deepEqual(await read(tgz({ name: 'a', data: 'A' }, { name: 'd/b', data: big }), piece), { a: 'A', 'd/b': big });
    assert.deepEqual(await read(gzipSync('alone'), piece), { x: 'alone' });
  }
});

test('long names, of pax and of GNU', async () => {
  const long = `${'directory/'.repeat(20)}file`;
  const pax = ` path=${long}\n`;
  const record = `${pax.length + String(pax.length + 3).length}${pax}`;
  assert.deepEqual(await read(tar({ name: 'p', type: 'x', data: record }, { name: 'short', data: 'A' })), { [long]: 'A' });
  assert.deepEqual(await read(tar({ name: 'l', type: 'L', data: `${long}\0` }, { name: 'short', data: 'A' })), { [long]: 'A' });
});

test('links, devices, directories and names that lead out are passed over', async () => {
  const bytes = tar(
    { name: 'link', type: '2' },
    { name: 'hard', type: '1' },
    { name: 'device', type: '3' },
    { name: 'directory/', type: '5' },
    { name: '../../etc/passwd', data: 'out' },
    { name: '/etc/passwd', data: 'out' },
    { name: 'a/../b', data: 'out' },
    { name: 'good', data: 'A' },
  );
  assert.deepEqual(await read(bytes), { good: 'A' });
});

test('a file that is not read to its end does not disturb the next', async () => {
  const names: string[] = [];
  for await (const { name, chunks } of unpack('x', inPieces(tar({ name: 'a', data: big }, { name: 'b', data: big }), 100))) {
    names.push(name);
    for await (const _ of chunks) break;
  }
  assert.deepEqual(names, ['a', 'b']);
});

test('a damaged archive, one that is cut off, and other ways to pack are one line each', async () => {
  const damaged = tar({ name: 'a', data: 'A' }, { name: 'b', data: 'B' });
  damaged.write('!', 1024 + 3);
  await assert.rejects(read(damaged), /^CommandError: error: the archive is damaged: a header has a wrong checksum$/);
  await assert.rejects(read(tgz({ name: 'a', data: big }).subarray(0, 60)), /error: unable to unpack x: unexpected end of file/);
  await assert.rejects(read(Buffer.from('PK\u0003\u0004rest')), /error: x is a zip archive: unpack it and give the directory/);
  await assert.rejects(read(Buffer.from('28b52ffd00', 'hex')), /error: x is compressed with zstd/);
});

test('a bomb is not read further', async () => {
  const bomb = gzipSync(Buffer.alloc(70 * 1024 * 1024, 0x20), { level: 9 });
  await assert.rejects(async () => {
    for await (const { chunks } of unpack('x', inPieces(bomb, 65_536))) for await (const _ of chunks);
  }, /error: x unpacks to more than 300 times its size: it is not read further/);
});
