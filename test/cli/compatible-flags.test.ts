import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/cli/parse.ts';

test("all of kubectl's global flags are accepted; those that can make a difference arrive", async () => {
  const words =
    'why web --warnings-as-errors --match-server-version --profile=cpu --profile-output x --kuberc=off --log-flush-frequency=1s -v 6';
  const parsed = await parse(words.split(' '), 'kubectl-imagepull');
  assert.ok('request' in parsed && parsed.request.command === 'why');
  assert.deepEqual(parsed.request.connection, { kuberc: 'off', warningsAsErrors: true });
  assert.equal(parsed.verbosity, 6);
});
