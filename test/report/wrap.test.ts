import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayWidth, hanging, wrapText } from '../../src/report/wrap.ts';

const text = fc.array(fc.stringMatching(/^[a-z/:.日本]{1,40}$/), { maxLength: 20 }).map((words) => words.join(' '));

test('no line is wider than asked for, and nothing is lost', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 10, max: 80 }), (words, width) => {
      const lines = wrapText(words, width);
      for (const line of lines) assert.ok(displayWidth(line) <= width, line);
      assert.equal(lines.join('').replaceAll(' ', ''), words.replaceAll(' ', ''));
    }),
  );
});

test('a long word is broken behind a mark', () => {
  assert.deepEqual(wrapText('see https://registry.example.com/v2/team/app/manifests/v1 there', 30), [
    'see',
    'https://registry.example.com/',
    'v2/team/app/manifests/v1 there',
  ]);
});

test('without a width nothing is wrapped', () => {
  assert.deepEqual(wrapText('a '.repeat(200), undefined), ['a '.repeat(200)]);
});

test('later lines of a paragraph stand under the first', () => {
  assert.equal(hanging('Or    ', 'one two three four five six', 26), 'Or    one two three four\n      five six');
});
