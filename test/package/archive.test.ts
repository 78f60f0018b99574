import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { tarGz } from '../../scripts/package/archive/tar.ts';
import { zip } from '../../scripts/package/archive/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'imagepull-archive-'));
after(() => rmSync(folder, { recursive: true }));

const time = Date.UTC(2026, 1, 3, 4, 5, 6) / 1000;
const entries = [
  { name: 'LICENSE', mode: 0o644, data: Buffer.from('a licence\n') },
  { name: 'kubectl-imagepull', mode: 0o755, data: Buffer.alloc(70_001, 'program') },
];

test('tar reads a .tar.gz: two files, their modes, owners, time and contents', async () => {
  const file = join(folder, 'a.tar.gz');
  writeFileSync(file, await tarGz(entries, time));
  const listed = execFileSync('tar', ['-tvzf', file, '--utc', '--full-time', '--numeric-owner'], { encoding: 'utf8' });
  assert.deepEqual(
    listed
      .trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
    ['-rw-r--r-- 0/0 10 2026-02-03 04:05:06 LICENSE', '-rwxr-xr-x 0/0 70001 2026-02-03 04:05:06 kubectl-imagepull'],
  );
  execFileSync('tar', ['-xzf', file, '-C', folder]);
  for (const { name, data } of entries) assert.ok(readFileSync(join(folder, name)).equals(data));
});

const noUnzip = spawnSync('unzip', ['-v']).error !== undefined && 'unzip is not installed';

test('unzip reads a .zip, and finds the modes that krew takes from it', { skip: noUnzip }, async () => {
  const file = join(folder, 'a.zip');
  writeFileSync(file, await zip(entries, time));
  execFileSync('unzip', ['-tq', file]);
  const target = join(folder, 'unzipped');
  execFileSync('unzip', ['-q', file, '-d', target]);
  for (const { name, data, mode } of entries) {
    assert.ok(readFileSync(join(target, name)).equals(data));
    assert.equal(statSync(join(target, name)).mode & 0o777, mode);
  }
});

test('the same entries and time give the same bytes, another time others', async () => {
  for (const pack of [tarGz, zip]) {
    const first = await pack(entries, time);
    assert.ok(first.equals(await pack(entries, time)));
    assert.ok(!first.equals(await pack(entries, time + 60)));
  }
});
