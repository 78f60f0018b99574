import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, humanBytes, times } from '../../src/words/amounts.ts';
import { age, between, humanDuration } from '../../src/words/durations.ts';
import { list } from '../../src/words/text.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

test('durations are those of kubectl get', () => {
  const expected: [number, string][] = [
    [-5 * s, '0s'],
    [119 * s, '119s'],
    [2 * m, '2m'],
    [2 * m + 5 * s, '2m5s'],
    [10 * m + 59 * s, '10m'],
    [179 * m, '179m'],
    [3 * h + 12 * m, '3h12m'],
    [8 * h + 30 * m, '8h'],
    [47 * h, '47h'],
    [2 * d + 3 * h, '2d3h'],
    [8 * d + 3 * h, '8d'],
    [729 * d, '729d'],
    [730 * d, '2y'],
    [731 * d, '2y1d'],
    [3000 * d, '8y'],
  ];
  assert.deepEqual(
    expected.map(([ms]) => humanDuration(ms)),
    expected.map(([, text]) => text),
  );
});

test('ages, and times that are none', () => {
  assert.equal(age('2026-10-05T11:55:00Z', '2026-10-05T12:00:00Z'), '5m');
  assert.equal(age(null, '2026-10-05T12:00:00Z'), null);
  assert.equal(between('yesterday', '2026-10-05T12:00:00Z'), null);
});

test('sizes', () => {
  assert.deepEqual([0, 1023, 1024, 1536, 640 * 2 ** 20, 31.4 * 2 ** 30, 2 ** 60].map(humanBytes), [
    '0 B',
    '1023 B',
    '1 KiB',
    '1.5 KiB',
    '640 MiB',
    '31 GiB',
    '1024 PiB',
  ]);
});

test('numbers of things', () => {
  assert.deepEqual([count(1, 'tag'), count(0, 'tag'), count(2, 'entry', 'entries')], ['1 tag', '0 tags', '2 entries']);
  assert.deepEqual([1, 2, 3].map(times), ['once', 'twice', '3 times']);
  assert.deepEqual(
    [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd', 'e', 'f']].map((items) => list(items)),
    ['', 'a', 'a and b', 'a, b and c', 'a, b, c, d and 2 more'],
  );
});
