import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutFigures } from '../../../src/report/watch/sameness.ts';
import { clock, renderWatch } from '../../../src/report/watch/words.ts';
import type { Watch, WatchChange } from '../../../src/values/watch.ts';

const time = (minute: number) => `2026-10-05T12:0${minute}:00.000Z`;
const first = {
  at: time(0),
  container: 'app',
  image: 'r/app:v1',
  code: 'manifest-not-found',
  confidence: 'certain',
  explanation: 'The tag v1 does not exist.',
} as const;
const plain = { columns: undefined, colour: false };
const watch = (parts: Partial<Watch>): Watch => ({ state: 'fixed', begunAt: time(0), since: time(2), first, changes: [], ...parts });
const change = (parts: Partial<WatchChange>): WatchChange => ({ at: time(1), what: 'pod', name: '', from: 'web-1', to: 'web-2', ...parts });

test('what was fixed, and that nothing was seen to change', () => {
  assert.equal(
    renderWatch(watch({}), [], plain),
    `\nFixed at ${clock(time(2))}, 2m after the failure was first seen: every image is pulled.\n` +
      'It was manifest-not-found (certain): The tag v1 does not exist.\n' +
      'What changed cannot be seen from here: the same pull was tried again and succeeded.\n',
  );
});

test('a new pod and its node are told only where nothing else is', () => {
  const image = change({ what: 'image', name: 'app', from: 'r/app:v1', to: 'r/app:v2' });
  const node = change({ what: 'node', from: 'node1', to: 'node2' });
  const told = (...changes: WatchChange[]) => renderWatch(watch({ changes }), [], plain).split('What changed:\n')[1];
  const at = clock(time(1));
  assert.equal(told(change({}), node, image), `- the image of app is now r/app:v2 (it was r/app:v1) (${at})\n`);
  assert.equal(told(change({}), node), `- the pod is now on node node2 (it was on node1) (${at})\n`);
  assert.equal(told(change({})), `- a new pod, web-2, took the place of web-1 (${at})\n`);
  assert.equal(
    told(change({ what: 'secret', name: 'regcred', from: 'missing', to: 'usable, of x' })),
    `- the secret regcred was created (${at})\n`,
  );
});

test('names of the cluster cannot move the cursor', () => {
  const text = renderWatch(watch({ changes: [change({ what: 'image', name: 'app', from: 'a', to: 'b\u001b[2J' })] }), [], plain);
  assert.ok(!text.includes('\u001b'));
});

test('figures of time and number do not tell two texts apart, names and units do', () => {
  assert.equal(withoutFigures('4 times in 5m12s'), withoutFigures('5 times in 6m'));
  assert.notEqual(withoutFigures('the next in 20s'), withoutFigures('the next at once'));
});
