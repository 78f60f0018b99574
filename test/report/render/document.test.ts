import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { jsonText, yamlText } from '../../../src/report/render/document.ts';

const value = {
  plain: 'registry.example.com/app:v1',
  'ke\u202ey': 'a\u202eb\u200bc \u{e0041}"\\',
  list: ['x\u0085', 'two\nlines \u200e', 'true', ''],
  none: null,
  n: 3,
  block: 'a\nb\n',
};

for (const [format, text, read] of [
  ['json', jsonText(value), JSON.parse],
  ['yaml', await yamlText(value), load],
] as const) {
  test(`what a terminal obeys or hides is escaped in ${format}, and means the same`, () => {
    assert.doesNotMatch(text, /[\u0080-\u009f\u200b-\u200f\u202a-\u202e]|\u{e0041}/u);
    assert.deepEqual(read(text), value);
    assert.match(text, /\\u202e/);
    assert.ok(text.endsWith('\n'));
  });
}

test('YAML without such characters is as kubectl writes it', async () => {
  assert.equal(await yamlText({ a: 'b: c', d: ['e'] }), "a: 'b: c'\nd:\n  - e\n");
});
