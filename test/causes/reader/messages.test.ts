import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInformative, read } from '../../../src/causes/reader/read.ts';
import { dialects } from './dialects.ts';
import { messages, uninformative } from './messages.ts';

for (const { source, text, code } of messages) {
  test(`${code} · ${source} · ${text.slice(-90)}`, () => assert.equal(read(text).code, code, read(text).error.clause));
}

for (const [code, text] of dialects) {
  test(`${code} · ${text.slice(-90)}`, () => assert.equal(read(text).code, code, read(text).error.clause));
}

for (const text of uninformative) {
  test(`says nothing · ${text}`, () => {
    assert.equal(isInformative(text), false);
    assert.equal(read(text).code, 'unknown');
  });
}

test('every other message says something', () => {
  assert.deepEqual(
    messages.filter(({ text }) => !isInformative(text) && !text.includes('Err') && !text.includes('Invalid')).map(({ text }) => text),
    [],
  );
});
