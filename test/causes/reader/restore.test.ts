import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryWords } from '../../../src/causes/facts.ts';
import { read } from '../../../src/causes/reader/read.ts';
import { restoreNames } from '../../../src/causes/reader/restore.ts';
import { view } from '../view-builder.ts';

test("a registry's words are told with the names that stand in them", () => {
  const text = String.raw`unexpected status from HEAD request to https://a.example/v2/b/manifests/1: 403 Forbidden\ndenied: client with IP '10.99.0.2' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`;
  assert.equal(
    registryWords(view({ reading: read(text, 'a.example/b:1') })),
    "DENIED: client with IP '10.99.0.2' is not allowed access. Refer https://aka.ms/acr/firewall to grant access",
  );
});

test('words that are not found in the text stay as they are', () => {
  assert.equal(restoreNames('see ‹url› now', 'see https://a.example/b c now'), 'see ‹url› now');
  assert.equal(restoreNames('see ‹url›', 'nothing'), 'see ‹url›');
  assert.equal(restoreNames('see ‹url›', 'see https://a.example more'), 'see https://a.example');
  assert.equal(restoreNames('plain', 'other'), 'plain');
  const many = '‹name› x '.repeat(100);
  assert.equal(restoreNames(`a ${many}`, `a ${'y x '.repeat(10_000)}`).startsWith('a y x '), true);
});
