import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSecrets } from '../../../src/causes/reader/without-secrets.ts';

const cases: readonly (readonly [string, string])[] = [
  ['Get "https://bob:pw@r.example/v2/"', 'Get "https://…@r.example/v2/"'],
  ['https://s3.example/b?X-Amz-Signature=abc&X-Amz-Date=1', 'https://s3.example/b?X-Amz-Signature=…&X-Amz-Date=…'],
  ['https://m.example/v2/?ns=docker.io', 'https://m.example/v2/?ns=docker.io'],
  ['Authorization: Bearer abcdefgh1234', 'Authorization: Bearer …'],
  ['Bearer realm="https://a.example/token"', 'Bearer realm="https://a.example/token"'],
  ['no basic auth credentials', 'no basic auth credentials'],
  ['requesting bearer token: invalid status code', 'requesting bearer token: invalid status code'],
  ['docker login --password=hunter2x', 'docker login --password=…'],
  ['failed to fetch oauth token: unexpected status', 'failed to fetch oauth token: unexpected status'],
];

for (const [text, open] of cases) {
  test(text, () => assert.equal(withoutSecrets(text), open));
}
