import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../src/cli/parse.ts';

async function request(...argv: readonly string[]) {
  const parsed = await parse(argv, 'kubectl-imagepull');
  assert.ok('request' in parsed, JSON.stringify(parsed));
  const { watch, timeoutMilliseconds } = parsed.request as { watch?: object; timeoutMilliseconds: number };
  return [watch, timeoutMilliseconds];
}

const forever = { endsAfterMilliseconds: Number.POSITIVE_INFINITY };

test('--timeout ends a watch, and a report takes no longer than without it', async () => {
  for (const command of [['why', 'web'], ['scan']]) {
    const [, usual] = await request(...command);
    assert.deepEqual(await request(...command, '-w'), [forever, usual]);
    assert.deepEqual(await request(...command, '--watch', '--timeout=5m'), [
      { endsAfterMilliseconds: 300_000 },
      Math.min(300_000, Number(usual)),
    ]);
    assert.deepEqual(await request(...command, '--watch', '--timeout=10s'), [{ endsAfterMilliseconds: 10_000 }, 10_000]);
    assert.deepEqual(await request(...command, '--watch', '--timeout=3h'), [{ endsAfterMilliseconds: 10_800_000 }, usual]);
    for (const timeout of ['0', '1000h']) assert.deepEqual(await request(...command, '-w', `--timeout=${timeout}`), [forever, usual]);
    assert.deepEqual(await request(...command, '--watch=false', '--timeout=5m'), [undefined, 300_000]);
  }
});
