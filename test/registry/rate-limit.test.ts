import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRateLimit } from '../../src/registry/rate-limit.ts';

test('quotas and waiting times', () => {
  assert.deepEqual(readRateLimit({ 'retry-after': '3600' }, 0), {
    limit: null,
    remaining: null,
    windowSeconds: null,
    source: null,
    retryAfterSeconds: 3600,
  });
  assert.equal(readRateLimit({ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 0)?.retryAfterSeconds, 60);
  assert.equal(readRateLimit({ 'retry-after': 'soon' }, 0)?.retryAfterSeconds, null);
  assert.equal(readRateLimit({}, 0), null);
});
