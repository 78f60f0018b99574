import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReference } from '../../src/image/reference.ts';

const mistake = (text: string) => {
  const parsed = parseReference(text);
  assert.ok('invalid' in parsed, text);
  return parsed.invalid.mistake;
};

test('a digest of the wrong length, and two tags', () => {
  const repository = 'r.example:5000/team/app';
  const digest = { what: 'digest-length', repository, algorithm: 'sha256', wanted: 64 };
  assert.deepEqual(mistake(`${repository}@sha256:abc`), { ...digest, digits: 3 });
  assert.deepEqual(mistake(`${repository}:v1@sha256:`), { ...digest, digits: 0 });
  assert.deepEqual(mistake(`${repository}@sha256:${'a'.repeat(65)}`), { ...digest, digits: 65 });
  assert.deepEqual(mistake(`${repository}:v2.1.2:latest`), { what: 'two-tags', repository, tags: ['v2.1.2', 'latest'] });
  assert.deepEqual(mistake('app:1:2'), { what: 'two-tags', repository: 'app', tags: ['1', '2'] });
});

test('none of them, or one that can be undone', () => {
  const others = ['-app', 'app@md9:abc', `app@sha256:${'A'.repeat(64)}`, `app@sha256:${'a'.repeat(64)}:v1`, 'Team/App:1:2:3', 'app:1:2@x'];
  for (const text of others) assert.equal(mistake(text), undefined, text);
});
