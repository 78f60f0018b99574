import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestTags, newestTag } from '../../src/registry/nearest-tags.ts';

test('tags that may have been meant', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['v2.1.3', ['v1.0.0', 'v2.1.0', 'v2.1.1', 'v2.1.2', 'latest'], ['v2.1.2', 'v2.1.1', 'v2.1.0']],
    ['1.27', ['v1.27', '1.27.0', '1.27.10', '1.27.9', '1.26.0'], ['v1.27', '1.27.10', '1.27.9']],
    ['V1.0', ['v1.0', '1.0', '2.0'], ['v1.0', '1.0', '2.0']],
    ['1-27-3', ['1.27.3', '1.27.4'], ['1.27.3']],
    ['1.27.3', ['1.27.3-alpine', '1.27.3-rc.1', '1.20.0'], ['1.27.3-rc.1', '1.27.3-alpine', '1.20.0']],
    ['sha-1a2b3c4', ['sha-1a2b3c4d5e6f', 'sha-9999999'], ['sha-1a2b3c4d5e6f']],
    ['lates', ['latest', 'stable', `sha256-${'a'.repeat(64)}.sig`], ['latest']],
    ['nosuch', ['1', 'production'], []],
  ];
  for (const [wanted, tags, expected] of cases) assert.deepEqual(nearestTags(wanted, tags), expected, wanted);
  assert.equal(newestTag(['v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'latest']), 'v1.10.0');
  assert.equal(newestTag(['1.0.0-alpine', '1.1.0-alpine']), '1.1.0-alpine');
  assert.equal(newestTag(['main', 'latest']), 'latest');
  assert.equal(newestTag(['main']), null);
  assert.equal(newestTag([]), null);
});

test('ten thousand tags as long as tags may be keep nobody waiting', () => {
  const tags = (begin: string) => Array.from({ length: 10_000 }, (_, index) => `${begin}${'x'.repeat(115 - begin.length)}${index}`);
  const before = process.cpuUsage();
  assert.deepEqual(nearestTags('y'.repeat(128), tags('')), []);
  assert.equal(nearestTags(`1.0.0-${'y'.repeat(122)}`, tags('1.0.0-')).length, 3);
  const { user } = process.cpuUsage(before);
  assert.ok(user < 1_500_000, `${user / 1000} ms of the processor`);
});
