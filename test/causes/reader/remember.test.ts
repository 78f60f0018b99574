import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remember } from '../../../src/causes/reader/remember.ts';

test('the same text about the same image is read once, and others for themselves', () => {
  const asked: string[] = [];
  const read = remember((text, image) => {
    asked.push(`${text} of ${image}`);
    return asked.length;
  });
  assert.deepEqual([read('denied', 'app:1'), read('denied', 'app:1'), read('denied', 'app:2'), read('denied')], [1, 1, 2, 3]);
});

test('its memory is bounded', () => {
  let count = 0;
  const read = remember(() => ++count);
  for (let index = 0; index < 1001; index++) read(`text ${index}`);
  assert.equal(read('text 0'), 1002);
});
