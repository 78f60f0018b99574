import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { causeCodes } from '../../src/values/cause-code.ts';
import { fakeIo } from './fake-io.ts';

async function explain(argv: readonly string[], input = ''): Promise<{ out: string; err: string; code: number }> {
  const io = fakeIo({ input });
  const code = await run(['explain', ...argv], io);
  return { out: io.out(), err: io.err(), code };
}

const notFound = 'failed to resolve reference "registry.example.com/payment:v2.1.3": registry.example.com/payment:v2.1.3: not found';

test('explain alone lists every cause by family', async () => {
  const { out } = await explain([]);
  for (const code of causeCodes) assert.match(out, new RegExp(`^  ${code} +\\S`, 'm'));
  assert.match(out, /^REFERENCE\n/);
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
});

test('explain CODE prints its page', async () => {
  const { out, code } = await explain(['manifest-not-found']);
  assert.equal(code, 0);
  assert.match(out, /manifest-not-found/);
  const { out: json } = await explain(['manifest-not-found', '-ojson']);
  const { kind, family, page } = JSON.parse(json);
  assert.deepEqual([kind, family, page.trimEnd()], ['Cause', 'reference', out.trimEnd()]);
});

test('explain MESSAGE reads it, from the command line and from standard input alike', async () => {
  const { out, code } = await explain([notFound]);
  assert.equal(code, 0);
  assert.match(out, /^Image +registry\.example\.com\/payment:v2\.1\.3$/m);
  assert.match(out, /^manifest-not-found \(likely\): /m);
  assert.match(out, /^Or +repository-not-found: /m);
  assert.equal((await explain(['-'], `${notFound}\n`)).out, out);
});

test('a message is escaped before it is shown', async () => {
  const { out } = await explain(['failed to pull image "x.example/a\u001b[31m:v1": unexpected status: 500']);
  assert.ok(!out.includes('\u001b'));
});

test('explain MESSAGE as JSON names cause and alternatives', async () => {
  const { out } = await explain([notFound, '-ojson']);
  const { kind, cause, alternatives } = JSON.parse(out);
  assert.equal(kind, 'MessageReading');
  assert.deepEqual([cause.code, cause.confidence], ['manifest-not-found', 'likely']);
  assert.ok(alternatives.some(({ code }: { code: string }) => code === 'repository-not-found'));
});

test('an empty standard input is no message', async () => {
  assert.deepEqual(await explain(['-'], ' \n'), { out: '', err: 'error: no message: standard input is empty\n', code: 1 });
});
