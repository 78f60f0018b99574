import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goPlatform } from '../../src/values/go-platform.ts';

test('a platform by the names of the archives and of kubectl', () => {
  assert.deepEqual(
    [goPlatform('linux', 'x64'), goPlatform('darwin', 'arm64'), goPlatform('win32', 'x64')],
    ['linux/amd64', 'darwin/arm64', 'windows/amd64'],
  );
});
