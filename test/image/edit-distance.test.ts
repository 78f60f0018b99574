import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance } from '../../src/image/edit-distance.ts';

/** By the definition, without a bound. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const rest = [
    byDefinition(a.slice(1), b) + 1,
    byDefinition(a, b.slice(1)) + 1,
    byDefinition(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) rest.push(byDefinition(a.slice(2), b.slice(2)) + 1);
  return Math.min(...rest);
}

test('what is further than the bound is the bound and one; all else is as defined', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 7 }), (a, b, most) => {
      assert.equal(editDistance(a, b, most), Math.min(byDefinition(a, b), most + 1));
    }),
  );
});

test('a swap of neighbours is one edit, and long texts are cut', () => {
  assert.equal(editDistance('payment', 'paymnet'), 1);
  assert.equal(editDistance('a'.repeat(300), 'a'.repeat(400)), 0);
});
