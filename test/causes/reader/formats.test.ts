import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../../src/causes/reader/read.ts';
import { dialects } from './dialects.ts';
import { doubtful, formats } from './formats.ts';
import { messages } from './messages.ts';

for (const [code, text] of formats) {
  test(`${code} · ${text.slice(-90)}`, () => assert.equal(read(text).code, code, read(text).error.clause));
}

for (const text of doubtful) {
  test(`not certain · ${text.slice(-90)}`, () =>
    assert.notEqual(read(text).confidence, 'certain', `${read(text).code}: ${read(text).error.clause}`));
}

test('no reading that leaves another cause open is certain', () => {
  for (const text of [
    ...formats.map(([, format]) => format),
    ...dialects.map(([, dialect]) => dialect),
    ...messages.map((row) => row.text),
  ]) {
    const { confidence, alternatives } = read(text);
    if (confidence === 'certain') assert.deepEqual(alternatives, [], text);
  }
});
