import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bell } from '../../../src/playbook/watch/bell.ts';

const never = new AbortController().signal;

test('a burst is heard once, when it is over', async () => {
  const changed = bell(60, 1000);
  for (let i = 0; i < 10; i++) changed.ring();
  await changed.heard(never);
  const second = await Promise.race([
    changed.heard(AbortSignal.timeout(150)).then(() => 'aborted'),
    new Promise((resolve) => setTimeout(resolve, 100, 'silence')),
  ]);
  assert.equal(second, 'silence');
});

test('a burst that does not end is heard all the same', async () => {
  const changed = bell(50, 150);
  const ringing = setInterval(changed.ring, 10);
  const begun = performance.now();
  await changed.heard(never);
  clearInterval(ringing);
  const waited = performance.now() - begun;
  assert.ok(waited >= 140 && waited < 1000, `${waited}`);
});

test('what rings while nobody listens is heard later', async () => {
  const changed = bell(1, 10);
  changed.ring();
  await new Promise((resolve) => setTimeout(resolve, 30));
  await changed.heard(never);
});

test('the signal ends the wait', async () => {
  await bell(10, 10).heard(AbortSignal.timeout(20));
  await bell(10, 10).heard(AbortSignal.abort());
});
