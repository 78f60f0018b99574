import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonItems } from '../../../src/cli/saved/json-items.ts';

/** What comes of a text that arrives in pieces of this length. */
function read(text: string, piece = text.length) {
  const items: { value: unknown; kind: string | undefined }[] = [];
  let skipped = 0;
  const reader = new JsonItems({
    item: (value, kind) => items.push({ value, kind }),
    skipped: () => {
      skipped++;
    },
  });
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece));
  reader.end();
  return { values: items.map(({ value }) => value), kinds: items.map(({ kind }) => kind), skipped };
}

const tricky = { name: 'a "quoted" [{ \\" }] \\\\', deep: [[{ items: [{ a: 1 }] }]], text: '}' };

test('the items of a list come one by one, wherever the text is cut', () => {
  const text = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: { a: [1] }, items: [tricky, { b: 2 }] }, null, 2);
  for (const piece of [1, 2, 3, 7, 64, 1e6]) {
    assert.deepEqual(read(text, piece).values, [tricky, { b: 2 }], `pieces of ${piece}`);
    assert.equal(read(text, piece).skipped, 0);
  }
});

test('the kind of a list is known where it stands before its items', () => {
  assert.deepEqual(read('{"kind":"PodList","items":[{"a":1}]}').kinds, ['PodList']);
  assert.deepEqual(read('{"apiVersion":"v1","items":[{"a":1}],"kind":"List"}').kinds, [undefined]);
});

test('arrays, single objects, several documents and empty lists', () => {
  assert.deepEqual(read('[{"a":1},{"b":2}]', 3).values, [{ a: 1 }, { b: 2 }]);
  assert.deepEqual(read('{"a":1}\n{"b":{"items":[1]}}\n', 4).values, [{ a: 1 }, { b: { items: [1] } }]);
  assert.deepEqual(read('{"kind":"PodList","items":[]}{"a":1}').values, [{ a: 1 }]);
});

test('logs between documents are passed over, whatever they hold', () => {
  const text =
    '{"a":1}\n==== START logs for container x of pod y ====\n{"level":"info"\n[{"b":2\n==== END logs for container x of pod y ====\n{"c":3}\n';
  for (const piece of [1, 5, 1000])
    assert.deepEqual(read(text, piece), { values: [{ a: 1 }, { c: 3 }], kinds: [undefined, undefined], skipped: 0 });
});

test('what is too deep, too long, broken or cut off is passed over, and what follows is read', () => {
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
  const text = (bad: string) => `{"items":[{"bad":${bad}},{"good":1}]}`;
  assert.deepEqual(read(text(deep)), { values: [{ good: 1 }], kinds: [undefined], skipped: 1 });
  assert.deepEqual(read(text(`"${'x'.repeat(9 * 1024 * 1024)}"`), 65_536), { values: [{ good: 1 }], kinds: [undefined], skipped: 1 });
  assert.deepEqual(read(text('nonsense')), { values: [{ good: 1 }], kinds: [undefined], skipped: 1 });
  assert.deepEqual(read('{"items":[{"good":1},{"cut":'), { values: [{ good: 1 }], kinds: [undefined], skipped: 1 });
});
