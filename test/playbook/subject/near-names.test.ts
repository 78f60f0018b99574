import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearNames } from '../../../src/playbook/subject/near-names.ts';

test('of a short name half the letters are no typing error', () => {
  assert.deepEqual(nearNames('nope', ['nocm', 'nope2', 'node']), ['node', 'nope2']);
  assert.deepEqual(nearNames('paymnet', ['payment', 'payroll']), ['payment']);
});
