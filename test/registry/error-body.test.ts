import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseErrors, snippet } from '../../src/registry/error-body.ts';

test('bodies of registries and token servers', () => {
  assert.deepEqual(parseErrors('{"errors":[{"code":"DENIED","message":"no"}]}'), [{ code: 'DENIED', message: 'no' }]);
  assert.deepEqual(parseErrors('{"details":"incorrect username or password"}'), [{ code: '', message: 'incorrect username or password' }]);
  assert.deepEqual(parseErrors('{"errors":[null,5]}'), [
    { code: '', message: '' },
    { code: '', message: '' },
  ]);
  assert.equal(parseErrors('<html>'), null);
  assert.equal(snippet(`<html>\n${'x'.repeat(500)}`)?.length, 200);
  assert.equal(snippet('{"a":1}'), null);
});
