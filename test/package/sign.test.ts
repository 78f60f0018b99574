import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cannotSign, signatureFaults } from '../../scripts/package/sign.ts';
import { targets } from '../../scripts/package/targets.ts';

const always =
  '(the verify command is known to be buggy and gives misleading results; we highly recommend)\nError: problems reported during verification\n';
const adHoc = 'CMS error: missing further values (at position 0)\n';

test('a signature without an identity is taken, a broken one and none are not', () => {
  assert.deepEqual(signatureFaults(`${adHoc}\n${always}`), []);
  const broken = 'code digest mismatch for entry 1220; recorded digest 5eec, actual 8e86';
  assert.deepEqual(signatureFaults(`${adHoc}${broken}\n${always}`), [broken]);
  assert.deepEqual(signatureFaults(`no cryptographic signature present\n${always}`), ['no cryptographic signature present']);
});

test('only programs for macOS need a signature, and without a tool there is none', () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    for (const target of targets) {
      const expected = target.os === 'darwin' && process.platform !== 'darwin';
      assert.equal(cannotSign(target) !== null, expected, `${target.os}/${target.arch}`);
    }
  } finally {
    process.env.PATH = path;
  }
});
