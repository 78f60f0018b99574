import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestTimeout } from '../../../src/cluster/kubeconfig/timeout.ts';

test('--request-timeout: whole seconds or a duration, in milliseconds', () => {
  const values: readonly (readonly [text: string, milliseconds: number])[] = [
    ['0', 0],
    ['5', 5000],
    ['1s', 1000],
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['300ms', 300],
    ['+1m', 60_000],
    ['1.h', 3_600_000],
  ];
  for (const [text, milliseconds] of values) assert.equal(parseRequestTimeout(text), milliseconds, text);
});

test('--request-timeout: anything else is refused', () => {
  for (const text of ['', 'x', '-1s', '1x', '1s2', '1 s', 's'])
    assert.throws(() => parseRequestTimeout(text), /Invalid timeout value/, text);
});
