import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeItems } from '../../../src/cli/saved/describe-items.ts';
import { limits } from '../../../src/cli/saved/limits.ts';
import { Lines } from '../../../src/cli/saved/lines.ts';

function linesOf(...parts: readonly string[]): readonly string[] {
  const seen: string[] = [];
  const lines = new Lines((line) => seen.push(line));
  for (const part of parts) lines.push(part);
  lines.end();
  return seen;
}

test('lines, wherever the text is cut, without their ends', () => {
  const text = 'a\r\n\nbc\nd';
  for (let at = 0; at <= text.length; at++) assert.deepEqual(linesOf(text.slice(0, at), text.slice(at)), ['a', '', 'bc', 'd']);
  assert.deepEqual(linesOf(...text), ['a', '', 'bc', 'd']);
  assert.deepEqual(linesOf('a\n'), ['a']);
});

test('a line without end is cut, and costs no more the longer it gets', () => {
  const chunk = 'x'.repeat(64 * 1024);
  const started = performance.now();
  const [line] = linesOf(...Array.from({ length: 4000 }, () => chunk));
  assert.equal(line?.length, limits.object);
  assert.ok(performance.now() - started < 2000);
});

test('empty lines of a description count too', () => {
  let held = 0;
  const items = new DescribeItems((lines) => {
    held = lines.length;
  });
  items.push('Name: web\n');
  for (let i = 0; i < 20; i++) items.push('\n'.repeat(1024 * 1024));
  items.end();
  assert.ok(held <= limits.object, String(held));
});
