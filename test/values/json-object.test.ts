import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, parseObject } from '../../src/values/json-object.ts';

test('only an object is one', () => {
  assert.deepEqual(parseObject('{"a":1}'), { a: 1 });
  for (const text of ['', '[]', '[{}]', '"a"', '1', 'null', '{', '<html>']) assert.equal(parseObject(text), null, text);
});

test('what is no object has no fields', () => {
  assert.deepEqual(fieldsOf({ a: 1 }), { a: 1 });
  for (const value of [null, undefined, 1, 'a', [1]]) assert.deepEqual(fieldsOf(value), {});
});
