import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesOf } from '../../../../src/playbook/saved/describe/sections.ts';

test('a text of very many lines is borne', () => {
  const lines = ['Name:  web', ...Array.from({ length: 300_000 }, () => '  x')];
  const [name] = entriesOf(lines);
  assert.deepEqual([name?.key, name?.value, name?.below.length], ['Name', 'web', 300_000]);
});

test('a line of very many spaces takes no time', () => {
  const started = performance.now();
  entriesOf([`${' '.repeat(200_000)}x`]);
  assert.ok(performance.now() - started < 1000);
});

test('keys and values at the smallest indentation', () => {
  assert.deepEqual(entriesOf(['  Image:   registry.example.com/app:v1  ', '  Labels:  a=b', '           c=d', '  a:b: c', '  Empty:']), [
    { key: 'Image', value: 'registry.example.com/app:v1', below: [] },
    { key: 'Labels', value: 'a=b', below: ['           c=d'] },
    { key: 'a:b', value: 'c', below: [] },
    { key: 'Empty', value: '', below: [] },
  ]);
});
