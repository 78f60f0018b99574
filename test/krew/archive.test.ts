import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { archiveFaults, entryFaults } from '../../scripts/krew/check-archive.ts';
import { tarGz } from '../../scripts/package/archive/tar.ts';
import { zip } from '../../scripts/package/archive/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'imagepull-krew-'));
after(() => rmSync(folder, { recursive: true }));

const license = { name: 'LICENSE', mode: 0o644, data: Buffer.from('yes') };
const program = { name: 'kubectl-imagepull', mode: 0o755, data: Buffer.from('run me') };

function file(name: string, data: Buffer): string {
  writeFileSync(join(folder, name), data);
  return join(folder, name);
}

test('what is packaged is what krew and its index take', async () => {
  assert.deepEqual(archiveFaults(file('a.tar.gz', await tarGz([license, program], 0)), 'kubectl-imagepull'), []);
  if (spawnSync('unzip', ['-v']).error === undefined) {
    const exe = { ...program, name: 'kubectl-imagepull.exe' };
    assert.deepEqual(archiveFaults(file('a.zip', await zip([license, exe], 1e9)), 'kubectl-imagepull.exe'), []);
  }
});

test('archives that krew would refuse, or install without use', async () => {
  assert.deepEqual(archiveFaults('x.tar.xz', 'x'), ['an archive must be a .zip or .tar.gz']);
  assert.deepEqual(archiveFaults(file('b.zip', await tarGz([program], 0)), 'x'), ['the contents are not what the name says']);
  assert.deepEqual(archiveFaults(file('c.tar.gz', await tarGz([{ ...program, mode: 0o644 }], 0)), 'kubectl-imagepull'), [
    'kubectl-imagepull must have the mode 0755',
    'the index demands a license file in it',
  ]);
  assert.deepEqual(archiveFaults(file('d.tar.gz', await tarGz([license], 0)), 'kubectl-imagepull'), ['kubectl-imagepull is not in it']);
});

test('links and names that lead out of the folder', () => {
  symlinkSync('kubectl-imagepull', join(folder, 'link'));
  const tar = spawnSync('tar', ['-czf', join(folder, 'e.tar.gz'), '-C', folder, 'link']);
  assert.equal(tar.status, 0);
  assert.match(archiveFaults(join(folder, 'e.tar.gz'), 'kubectl-imagepull').join('\n'), /is neither a file nor a folder/);
  const listed = (name: string) => [
    { name, mode: '-rw-r--r--' },
    { name: 'LICENSE', mode: '-rw-r--r--' },
    { name: 'x', mode: '-rwxr-xr-x' },
  ];
  for (const name of ['../x', 'a..b', '/etc/x', '\\x']) assert.equal(entryFaults(listed(name), 'x').length, 1, name);
});
