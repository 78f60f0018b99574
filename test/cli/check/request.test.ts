import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../src/cli/parse.ts';
import type { CheckRequest } from '../../../src/cli/request.ts';

async function request(...argv: string[]): Promise<CheckRequest> {
  const parsed = await parse(['check', ...argv], 'kubectl-imagepull');
  assert.ok('request' in parsed && parsed.request.command === 'check', JSON.stringify(parsed));
  return parsed.request;
}

test('images, manifests, and both', async () => {
  assert.deepEqual((await request('a:1', 'b:2')).images, ['a:1', 'b:2']);
  assert.deepEqual((await request('-f', '-')).files, ['-']);
  const both = await request('-f', 'x.yaml', 'y.yml', 'z.json', 'a:1', '-f=w.yaml');
  assert.deepEqual([both.files, both.images], [['x.yaml', 'w.yaml', 'y.yml', 'z.json'], ['a:1']]);
});

test('secrets in their order, the account, the node', async () => {
  const { secrets, serviceAccount, node, exitCode, output } = await request(
    ...['a:1', '--secret', 'one', '--secret=two', '--service-account', 'ci', '--node=n1', '--exit-code', '-owide'],
  );
  assert.deepEqual([secrets, serviceAccount, node, exitCode, output], [['one', 'two'], 'ci', 'n1', true, 'wide']);
});

test('what is not understood is said in one line', async () => {
  const error = async (...argv: string[]) => {
    const parsed = await parse(['check', ...argv], 'kubectl-imagepull');
    return 'usageError' in parsed ? parsed.usageError.split('\n')[0] : null;
  };
  assert.equal(await error(), "error: expected 'check IMAGE... | -f FILE...'.");
  assert.match((await error('a:1', '-otext')) ?? '', /unable to match a printer suitable for the output format "text"/);
  assert.match((await error('a:1', '--timeout=-1s')) ?? '', /--timeout must be zero or a positive duration/);
});

test('a workload is not taken for an image of Docker Hub', async () => {
  const parsed = await parse(['check', 'deploy/web', '-n=shop', '--context=prod'], 'kubectl imagepull');
  assert.match(
    'usageError' in parsed ? parsed.usageError : '',
    /^error: deploy\/web is a workload, .*'kubectl imagepull why deploy\/web -n shop --context=prod'\n.*docker\.io\/deploy\/web/,
  );
  for (const image of ['docker.io/deploy/web', 'deploy/web:1', 'deploy/web/app', 'team/web'])
    assert.deepEqual((await request(image)).images, [image]);
});

test('-R, and the formats of the other commands', async () => {
  assert.deepEqual([(await request('-Rf', 'deploy')).recursive, (await request('-f', 'deploy')).recursive], [true, false]);
  for (const output of ['name', 'markdown']) assert.equal((await request('a:1', `-o${output}`)).output, output);
});
