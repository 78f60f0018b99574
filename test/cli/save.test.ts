import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/cli/run.ts';
import { saveEvidence } from '../../src/cli/save.ts';
import { evidence } from '../report/evidence-builder.ts';
import { fakeIo } from './fake-io.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const isWindows = process.platform === 'win32';
const { signal } = new AbortController();

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-save-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const kindOf = (text: string) => JSON.parse(text).kind;

test('evidence is for its user alone, whatever lay there under the name or beside it', async (t) => {
  const folder = folderFor(t);
  const path = join(folder, 'evidence.json');
  const trap = join(folder, 'trap');
  writeFileSync(trap, 'untouched', { mode: 0o644 });
  symlinkSync(trap, `${path}.part`);
  writeFileSync(path, 'old', { mode: 0o644 });
  await saveEvidence(path, [evidence({})], signal);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(lstatSync(path).isSymbolicLink(), false);
  assert.equal(readFileSync(trap, 'utf8'), 'untouched');
  assert.deepEqual(readdirSync(folder).sort(), ['evidence.json', 'evidence.json.part', 'trap']);
});

test('a link is followed, also to what is not there yet', { skip: isWindows }, async (t) => {
  const folder = folderFor(t);
  mkdirSync(join(folder, 'real', 'cases'), { recursive: true });
  symlinkSync(join('real', 'cases'), join(folder, 'cases'));
  symlinkSync('../second', join(folder, 'cases', 'first'));
  symlinkSync('../../new.json', join(folder, 'real', 'cases', 'further'));
  symlinkSync(join(folder, 'cases', 'further'), join(folder, 'real', 'second'));
  for (const _ of ['new', 'old']) {
    await saveEvidence(join(folder, 'cases', 'first'), [evidence({})], signal);
    assert.equal(kindOf(readFileSync(join(folder, 'new.json'), 'utf8')), 'PullEvidenceList');
  }
  assert.ok(lstatSync(join(folder, 'cases', 'first')).isSymbolicLink());
  assert.deepEqual(readdirSync(folder).sort(), ['cases', 'new.json', 'real']);
});

test('a file that nobody may write to is left as it is', async (t) => {
  const folder = folderFor(t);
  const path = join(folder, 'ro.json');
  writeFileSync(path, 'kept', { mode: 0o444 });
  await assert.rejects(saveEvidence(path, [], signal), { message: `error: unable to save the evidence to ${path}: permission denied` });
  assert.equal(readFileSync(path, 'utf8'), 'kept');
  assert.deepEqual(readdirSync(folder), ['ro.json']);
  chmodSync(path, 0o600);
});

test('why it cannot be saved is told in words', { skip: isWindows }, async (t) => {
  const folder = folderFor(t);
  symlinkSync('circle', join(folder, 'circle'));
  for (const [name, words] of [
    ['nowhere/x.json', 'no such file or directory'],
    ['.', 'it is a directory'],
    ['circle', 'its symbolic links lead in a circle, or through too many'],
  ]) {
    const path = join(folder, name ?? '');
    await assert.rejects(saveEvidence(path, [], signal), { message: `error: unable to save the evidence to ${path}: ${words}` });
  }
});

test('a device is written to, not replaced', { skip: process.getuid?.() !== 0 || process.platform !== 'linux' }, async (t) => {
  const folder = folderFor(t);
  // Nodes of its own: a mistake here would cost the machine its /dev/null.
  const [nothing, full] = [join(folder, 'null'), join(folder, 'full')];
  if (spawnSync('mknod', [nothing, 'c', '1', '3']).status !== 0) return t.skip('no device can be made here');
  execFileSync('mknod', [full, 'c', '1', '7']);
  await saveEvidence(nothing, [evidence({})], signal);
  assert.ok(statSync(nothing).isCharacterDevice());
  await assert.rejects(saveEvidence(full, [evidence({})], signal), {
    message: `error: unable to save the evidence to ${full}: no space left on device`,
  });
  assert.ok(statSync(full).isCharacterDevice());
});

test('a named pipe is written to, once somebody reads it', { skip: isWindows }, async (t) => {
  const folder = folderFor(t);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const saved = saveEvidence(pipe, [evidence({})], signal);
  await sleep(150);
  const reader = spawn('cat', [pipe]);
  const text = reader.stdout.setEncoding('utf8').toArray();
  await saved;
  assert.equal(kindOf((await text).join('')), 'PullEvidenceList');
  assert.ok(statSync(pipe).isFIFO());
});

/** A file that `why --from` explains. */
async function saved(folder: string): Promise<string> {
  const path = join(folder, 'case.json');
  await saveEvidence(path, [evidence({})], signal);
  return path;
}

test('a pipe that nobody reads keeps nobody from ending the run', { skip: isWindows, timeout: 60_000 }, async (t) => {
  const folder = folderFor(t);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const child = spawn(process.execPath, [main, 'why', '--from', await saved(folder), '--save', pipe]);
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.stdout.resume();
  await sleep(300);
  assert.equal(child.exitCode, null);
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'close'), [130, null]);
});

test('to standard output that is a file, after the report: neither is lost', { skip: !existsSync('/proc/self/fd') }, async (t) => {
  const folder = folderFor(t);
  const from = await saved(folder);
  // Through a link of its own: a mistake here would cost the machine its /dev/stdout.
  symlinkSync('/proc/self/fd/1', join(folder, 'stdout'));
  const out = join(folder, 'out');
  execFileSync('sh', ['-c', '"$0" "$1" why --from "$2" --save "$3" > "$4"', process.execPath, main, from, join(folder, 'stdout'), out]);
  assert.match(readFileSync(out, 'utf8'), /^Pod [^{]*\n\{\n {2}"apiVersion": "imagepull\/v1",\n {2}"kind": "PullEvidenceList",/);
});

test('where it cannot be saved the report is printed all the same, and the exit code is 1', async (t) => {
  const folder = folderFor(t);
  const io = fakeIo();
  const path = join(folder, 'nowhere', 'x.json');
  assert.equal(await run(['why', '--from', await saved(folder), '--save', path], io), 1);
  assert.match(io.out(), /^Pod /);
  assert.equal(io.err(), `error: unable to save the evidence to ${path}: no such file or directory\n`);
});

test('standard output has the report: --save - is refused', async () => {
  for (const more of [[], ['--from=x.json']]) {
    const io = fakeIo();
    assert.equal(await run(['why', 'web', ...more, '--save', '-'], io), 1);
    assert.equal(io.err(), 'error: --save needs the name of a file: standard output has the report (for one called "-": --save ./-)\n');
  }
});

test('how its user reached the cluster is not in the file, and what a file says of it does not count', async (t) => {
  const path = join(folderFor(t), 'evidence.json');
  await saveEvidence(path, [{ ...evidence({}), reachedBy: ['--context=mine'] }], signal);
  assert.doesNotMatch(readFileSync(path, 'utf8'), /reachedBy|mine/);
  writeFileSync(path, JSON.stringify({ ...evidence({}), reachedBy: ['--server=https://elsewhere.test'] }));
  const replay = async (...flags: string[]) => {
    const io = fakeIo();
    await run(['why', '--from', path, ...flags], io);
    return io.out();
  };
  assert.match(await replay(), /^ +kubectl -n shop /m);
  assert.match(await replay('--context=prod'), /^ +kubectl --context=prod -n shop /m);
});
