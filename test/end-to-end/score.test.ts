import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from './ask.ts';
import { scoreOf, tableOf } from './score.ts';

const answer = (scenario: string, expected: string, got: string, confidence: string): Answer => ({
  scenario,
  expected,
  got,
  confidence,
  milliseconds: 5,
  error: null,
});
const answers = [
  answer('tag-missing', 'manifest-not-found', 'manifest-not-found', 'certain'),
  answer('nxdomain', 'dns-failure', 'connect-timeout', 'likely'),
  answer('refused', 'connect-refused', 'no-route', 'certain'),
  answer('both', 'dns-failure', 'dns-failure+no-route', 'certain+likely'),
  answer('one-node-beside', 'none', 'dns-failure', 'certain'),
];

test('a wrong cause is missed, and counts as wrong with certain only where it was called so', () => {
  assert.deepEqual(scoreOf(answers.slice(0, 4)), {
    total: 4,
    right: 1,
    missed: ['nxdomain', 'refused', 'both'],
    wrongWithCertain: ['refused: no-route', 'both: dns-failure+no-route'],
  });
});

test('the table marks what is wrong; a pod beside is no scenario of the score, but is named when it is accused', () => {
  const table = tableOf('outside', answers, 1);
  assert.match(table, /^X {2}nxdomain/m);
  assert.match(table, /^ {3}tag-missing/m);
  assert.match(table, /outside: 1 of 4 right \(at least 3 wanted\), 3 wrong with certain/);
  assert.match(table, /wrong with certain: .*one-node-beside: dns-failure/);
});
