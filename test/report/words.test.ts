import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimeWords } from '../../src/report/words.ts';

const image = 'registry.example.com/payment:v2.1.3';

test('the wrapping goes, the words stay, and the cut shows', () => {
  const core = `${image}: not found`;
  for (const message of [
    `Failed to pull image "${image}": failed to pull and unpack image "${image}": failed to resolve image: ${core}`,
    `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${core}`,
    `Back-off pulling image "${image}": ErrImagePull: rpc error: code = Unknown desc = ${core}`,
  ]) {
    assert.equal(runtimeWords(message), `…${core}`);
  }
});

test('a message that is nothing but wrapping stays whole', () => {
  assert.equal(runtimeWords(`Back-off pulling image "${image}"`), `Back-off pulling image "${image}"`);
  assert.equal(runtimeWords('rpc error: code = Unknown desc = '), 'rpc error: code = Unknown desc =');
});

test('a list of errors and a stage further on are not wrapping', () => {
  const list = '[rpc error: code = NotFound desc = a: not found, rpc error: code = Unknown desc = b]';
  assert.equal(runtimeWords(list), list);
  assert.equal(
    runtimeWords(
      `Failed to pull image "${image}": failed to pull and unpack image "${image}": failed to copy: httpReadSeeker: failed open: EOF`,
    ),
    '…failed to copy: httpReadSeeker: failed open: EOF',
  );
});

test('a long message loses its middle, not its end', () => {
  const words = runtimeWords(`${'x '.repeat(400)}: connection refused`, 100);
  assert.ok(words.length <= 100);
  assert.ok(words.endsWith('connection refused'));
});
