import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runClock } from '../../src/cli/run-clock.ts';

test('the clock starts when it is first asked, and never goes below one', () => {
  let now = 1000;
  const clock = runClock(500, () => now);
  now = 9000;
  assert.equal(clock.left(), 500);
  now = 9200;
  assert.equal(clock.left(), 300);
  now = 99_000;
  assert.equal(clock.left(), 1);
});
