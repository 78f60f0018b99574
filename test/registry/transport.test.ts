import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTransport } from '../../src/registry/transport.ts';

test('a proxy whose address cannot be read is named, and its password is not', () => {
  const env = { HTTPS_PROXY: 'http://joe:hunter2/secret@proxy:3128' };
  assert.throws(() => createTransport({ env, ca: undefined, signal: AbortSignal.timeout(1000) }), {
    message: 'HTTPS_PROXY is not an address that can be read',
  });
});
