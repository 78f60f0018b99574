import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../src/cli/parse.ts';
import type { ScanRequest } from '../../../src/cli/request.ts';

async function scan(...argv: readonly string[]): Promise<ScanRequest> {
  const parsed = await parse(['scan', ...argv], 'kubectl-imagepull');
  assert.ok('request' in parsed, 'usageError' in parsed ? parsed.usageError : '');
  assert.equal(parsed.request.command, 'scan');
  return parsed.request as ScanRequest;
}

async function refusal(...argv: readonly string[]): Promise<string> {
  const parsed = await parse(['scan', ...argv], 'kubectl-imagepull');
  assert.ok('usageError' in parsed);
  return parsed.usageError;
}

test('without a word more it is the pods of this namespace', async () => {
  const request = await scan();
  assert.deepEqual(
    [request.targets, request.allNamespaces, request.selector, request.node, request.output, request.registry, request.exitCode],
    [[], false, undefined, undefined, 'table', true, false],
  );
});

test('kubectl’s spellings', async () => {
  const request = await scan('-Aojson', '-lapp=web', '--node', 'n1', '--exit-code', '--no-registry', '--no-headers');
  assert.deepEqual(
    [request.allNamespaces, request.output, request.selector, request.node, request.exitCode, request.registry, request.headers],
    [true, 'json', 'app=web', 'n1', true, false, false],
  );
  assert.equal((await scan('-nprod')).connection.namespace, 'prod');
  assert.deepEqual([request.probe, (await scan('--probe=always')).probe], ['never', 'always']);
});

test('workloads and pods by name, several', async () => {
  const { targets } = await scan('deploy/web', 'sts/db', 'pod/x');
  assert.deepEqual(targets, [
    { type: 'deployment', name: 'web' },
    { type: 'statefulset', name: 'db' },
    { type: 'pod', name: 'x' },
  ]);
});

test('it takes as long as it needs, within limits', async () => {
  const milliseconds = async (...words: string[]) => (await scan(...words)).timeoutMilliseconds;
  assert.deepEqual(
    [await milliseconds(), await milliseconds('--timeout=5s'), await milliseconds('--timeout=0')],
    [600_000, 5000, 3_600_000],
  );
});

test('what cannot be meant is refused in kubectl’s words', async () => {
  assert.equal(await refusal('deploy/web', '-lapp=web'), 'error: name cannot be provided when a selector is specified');
  assert.equal(await refusal('deploy/web', '-A'), 'error: a resource cannot be retrieved by name across all namespaces');
  assert.equal(await refusal('deploy/web', '--node=n1'), 'error: name cannot be provided when --node is specified');
  assert.match(await refusal('web'), /^error: arguments must be in resource\/name form, such as deploy\/web/);
  assert.match(await refusal('giz*mo/web'), /^error: the server doesn't have a resource type "giz\*mo"/);
  assert.match(await refusal('-oxml'), /^error: unable to match a printer suitable for the output format "xml"/);
  assert.equal(await refusal('--timeout=-1s'), 'error: --timeout must be zero or a positive duration');
  assert.equal(await refusal('--probe=auto'), 'error: Invalid probe value (auto). Must be "always" or "never".');
});
