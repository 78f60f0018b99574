import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchedDocument } from '../../../src/report/watch/document.ts';
import { withoutFigures } from '../../../src/report/watch/sameness.ts';
import { renderWatch, timeOfDay, words } from '../../../src/report/watch/words.ts';
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
const change = (parts: Partial<WatchChange>): WatchChange => ({
  at: time(1),
  what: 'pod',
  name: '',
  before: 'web-1',
  after: 'web-2',
  ...parts,
});

test('what was fixed, and that nothing was seen to change', () => {
  assert.equal(
    renderWatch(watch({}), [], plain),
    `\nFixed at ${timeOfDay(time(2))}, 2m after the failure was first seen: every image is pulled.\n` +
      'It was manifest-not-found (certain): The tag v1 does not exist.\n' +
      'What changed cannot be seen from here: the same pull was tried again and succeeded.\n',
  );
});

test('a new pod and its node are told only where nothing else is', () => {
  const image = change({ what: 'image', name: 'app', before: 'r/app:v1', after: 'r/app:v2' });
  const node = change({ what: 'node', before: 'node1', after: 'node2' });
  const told = (...changes: WatchChange[]) => renderWatch(watch({ changes }), [], plain).split('What changed:\n')[1];
  const at = timeOfDay(time(1));
  assert.equal(told(change({}), node, image), `- the image of app is now r/app:v2 (it was r/app:v1) (${at})\n`);
  assert.equal(told(change({}), node), `- the pod is now on node node2 (it was on node1) (${at})\n`);
  assert.equal(told(change({})), `- a new pod, web-2, took the place of web-1 (${at})\n`);
  assert.equal(
    told(
      change({
        what: 'secret',
        name: 'regcred',
        before: { state: 'missing', changedAt: null },
        after: { state: 'usable', changedAt: 'x' },
      }),
    ),
    `- the secret regcred was created (${at})\n`,
  );
});

test('names of the cluster cannot move the cursor', () => {
  const text = renderWatch(watch({ changes: [change({ what: 'image', name: 'app', before: 'a', after: 'b\u001b[2J' })] }), [], plain);
  assert.ok(!text.includes('\u001b'));
});

test('figures of time and number do not tell two texts apart, names and units do', () => {
  assert.equal(withoutFigures('4 times in 5m12s'), withoutFigures('5 times in 6m'));
  assert.notEqual(withoutFigures('the next in 20s'), withoutFigures('the next at once'));
});

test('a document has each value as data, and in words', () => {
  const gone = change({
    what: 'secret',
    name: 'regcred',
    before: { state: 'usable', changedAt: time(0) },
    after: { state: 'missing', changedAt: null },
  });
  const names = change({ what: 'pull-secrets', before: [], after: ['a', 'b'] });
  const volume = change({ what: 'image', name: 'app', kind: 'imageVolume', before: 'r/model:1', after: 'r/model:2' });
  const { changes } = watchedDocument([], watch({ changes: [gone, names, volume] })).watch;
  assert.deepEqual(
    changes.map(({ from, to }) => [from, to]),
    [
      [`usable, of ${time(0)}`, 'missing'],
      ['none', 'a, b'],
      ['r/model:1', 'r/model:2'],
    ],
  );
  assert.deepEqual(changes[1]?.after, ['a', 'b']);
  assert.deepEqual([gone, names, volume].map(words), [
    'the secret regcred was deleted',
    "the pod's pull secrets are now: a, b (they were: none)",
    'the image of image volume app is now r/model:2 (it was r/model:1)',
  ]);
});
