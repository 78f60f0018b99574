import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanProgress } from '../../../src/cli/scan/progress.ts';
import { statusLine } from '../../../src/cli/status-line.ts';
import { fakeIo } from '../fake-io.ts';

const progress = () => scanProgress(statusLine(fakeIo()));

test('an interruption says how far the scan came: nowhere, in its first pass, among the failing pods', () => {
  const scan = progress();
  assert.equal(scan.interruption(), 'interrupted: no pod read');
  scan.finding({ seen: 1500, of: 10_000, failing: 31 });
  assert.equal(scan.interruption(), 'interrupted: 1,500 of 10,000 pods read, 31 failing');
  scan.reading(1, 31, ['auth-required']);
  scan.reading(2, 31, ['disk-full', 'disk-full']);
  scan.reading(3, 31, ['disk-full']);
  assert.equal(scan.interruption(), 'interrupted: 3 of 31 failing pods read; known by then: 2 disk-full and 1 auth-required');
  assert.equal(scan.seen(), 1500);
});

test('of many causes the most frequent are named', () => {
  const scan = progress();
  const codes = [
    'no-route',
    'disk-full',
    'tls-expired',
    'never-pull',
    'dns-failure',
    'rate-limited',
    'corrupt-layer',
    'unknown',
    'auth-required',
  ];
  scan.reading(1, 2, codes as Parameters<typeof scan.reading>[2]);
  scan.reading(2, 2, ['auth-required']);
  assert.match(scan.interruption(), /known by then: 2 auth-required, .* and 1 more$/);
});
