import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { FakeApi } from '../playbook/fake-api.ts';
import { pod, waiting } from '../playbook/objects.ts';
import { fakeIo } from './fake-io.ts';

const line =
  /^I0102 \d\d:04:05\.000000 [ \d]{7} request-log\.ts:1\] "Response" verb="GET" url="(http:\/\/[^"]*)" status="(\d+ [A-Za-z ]+)" milliseconds=\d+$/;

async function why(t: { after(fn: () => unknown): void }, ...flags: readonly string[]) {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put('/api/v1/namespaces/shop/pods', pod({ state: waiting('ErrImagePull', 'not found') }));
  const io = fakeIo();
  const server = api.url.replace('http://', 'http://somebody:pa55word@');
  const words = ['why', 'web', '-n=shop', '--probe=never', '--no-registry', `--server=${server}`, '--kubeconfig=/dev/null'];
  assert.equal(await run([...words, '--token=t0ken', ...flags], io), 0, io.err());
  return { io, url: api.url };
}

test('from -v=6 on each request is a line as kubectl writes it, without a credential', async (t) => {
  for (const flag of ['-v=6', '--v=9', '-v10']) {
    const { io, url } = await why(t, flag);
    const lines = io.err().trimEnd().split('\n');
    for (const one of lines) assert.match(one, line);
    assert.deepEqual(line.exec(lines[0] ?? '')?.slice(1), [`${url}/api/v1/namespaces/shop/pods/web`, '200 OK']);
    assert.ok(lines.length > 3, io.err());
    assert.doesNotMatch(io.err(), /pa55word|t0ken/);
  }
});

test('below, and in the run after one that told them, nothing is told', async (t) => {
  for (const flags of [['-v=5'], []]) assert.equal((await why(t, ...flags)).io.err(), '');
});

test('a request without an answer has no status', async () => {
  const io = fakeIo();
  await run(['why', 'web', '-v=6', '--server=http://127.0.0.1:1', '--kubeconfig=/dev/null'], io);
  assert.match(
    io.err(),
    /"Response" verb="GET" url="http:\/\/127\.0\.0\.1:1\/api\/v1\/namespaces\/default\/pods\/web" status="" milliseconds=\d+\n/,
  );
});
