import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutEnd, cutMiddle, escapeJson, escapeText } from '../../src/report/escape.ts';

const obeyed = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Any text, with what a terminal obeys in it more often than chance would. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', '\r', '\n', '\t', '\u009b', '\u202e', '\u0007', '\ud800', '\u{e0041}'),
    ),
  )
  .map((parts) => parts.join(''));

test('escape and carriage return read as in kubectl, others as \\u', () => {
  assert.equal(escapeText('a\u001b[31mb'), 'a^[[31mb');
  assert.equal(escapeText('a\rb'), 'a\\rb');
  assert.equal(escapeText('a\u0007b\u009bc\u202ed\u{e0041}e\ud800f'), 'a\\u0007b\\u009bc\\u202ed\\u{e0041}e\\ud800f');
});

test('lines are folded into one', () => {
  assert.equal(escapeText('errors:\n\tdenied: no\r\n  again\n'), 'errors: ⏎ denied: no ⏎ again');
});

test('ordinary text of any script stays as it is', () => {
  for (const text of ['münchen/日本語:v1', 'не найдено', '…“quoted” ✓ 🚀']) assert.equal(escapeText(text), text);
});

test('no text leaves anything that a terminal obeys', () => {
  fc.assert(fc.property(hostile, (text) => !obeyed.test(escapeText(text))));
});

test('JSON is the same document after escaping', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const json = escapeJson(JSON.stringify({ text }, null, 4));
      assert.deepEqual(JSON.parse(json), { text });
      assert.doesNotMatch(json.replaceAll('\n', ''), obeyed);
    }),
  );
});

test('cuts keep to their length and keep both ends', () => {
  const long = `${'first '.repeat(50)}${'last '.repeat(50)}end`;
  const cut = cutMiddle(long, 100);
  assert.ok(cut.length <= 100);
  assert.match(cut, /^first first.* … .*last end$/);
  fc.assert(
    fc.property(hostile, fc.integer({ min: 10, max: 60 }), (text, most) => {
      assert.ok([...cutMiddle(text, most)].length <= most);
      assert.ok([...cutEnd(text, most)].length <= most);
    }),
  );
  assert.equal(cutEnd('abc', 3), 'abc');
  assert.equal(cutEnd('abcd', 3), 'ab…');
});
