import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { fakeIo } from './fake-io.ts';

test('a usage error is on stderr, with 1', async () => {
  const io = fakeIo();
  assert.equal(await run(['why', '--bogus'], io), 1);
  assert.equal(io.err(), "error: unknown flag: --bogus\nSee 'kubectl imagepull why --help' for usage.\n");
  assert.equal(io.out(), '');
});

test('help without a command is on stdout, with 0', async () => {
  const io = fakeIo();
  assert.equal(await run([], io), 0);
  assert.match(io.out(), /^Explain why /);
  assert.equal(io.err(), '');
});

test('version is the one of package.json', async () => {
  const io = fakeIo();
  assert.equal(await run(['version'], io), 0);
  assert.match(io.out(), /^Client Version: v\d+\.\d+\.\d+\S*\nNode Version: v26\.\d+\.\d+\nPlatform: \w+\/(?!x64)\w+\n$/);
  const json = fakeIo();
  await run(['version', '-ojson'], json);
  assert.equal(JSON.parse(json.out()).clientVersion.nodeVersion, process.version);
  assert.match(json.out(), /^\{\n {4}"clientVersion"/);
  const yaml = fakeIo();
  await run(['version', '-oyaml'], yaml);
  assert.match(yaml.out(), /^clientVersion:\n {2}gitVersion: v/);
});

test('an error of the operating system is one line', async () => {
  const io = fakeIo();
  assert.equal(await run(['why', 'web', '--registry-ca=/nonexistent/ca.pem'], io), 1);
  assert.equal(io.err(), 'error: unable to read --registry-ca /nonexistent/ca.pem: no such file or directory\n');
});

const failing = { stdout: { isTTY: false, columns: undefined, write: () => assert.fail('disk \u001b[31mon fire') } };

test('an unexpected error is named and to be reported, its stack only when asked for', async () => {
  const quiet = fakeIo(failing);
  assert.equal(await run(['version'], quiet), 1);
  assert.match(
    quiet.err(),
    /^error: unexpected AssertionError: disk \^\[\[31mon fire\nThis is a fault of kubectl imagepull\. Please report it[^\n]*\n$/,
  );
  const verbose = fakeIo(failing);
  await run(['version', '-v6'], verbose);
  assert.match(verbose.err(), /\n {4}at /);
  const debug = fakeIo({ ...failing, env: { DEBUG: '1' } });
  await run(['version'], debug);
  assert.match(debug.err(), /\n {4}at /);
});

test('an interrupted run says so by its code, and nothing else', async () => {
  for (const [reason, code] of [
    [130, 130],
    [143, 143],
    [undefined, 130],
  ]) {
    const io = fakeIo({ ...failing, signal: AbortSignal.abort(reason) });
    assert.equal(await run(['version'], io), code);
    assert.equal(io.err(), '');
  }
});
