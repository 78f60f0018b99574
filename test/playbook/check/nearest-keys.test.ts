import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutServingKeys } from '../../../src/playbook/check/nearest-keys.ts';
import type { CheckEvidence } from '../../../src/values/check.ts';

const check = (namespace: string, serves: string | null, nearest: string | null): CheckEvidence => {
  const images = [
    {
      container: 'app',
      kind: 'container',
      tries: serves === null ? [] : [{ secret: 'regcred', key: serves, user: 'ci' }],
      nearest: nearest === null ? null : { secret: 'regcred', key: nearest, shouldBe: 'b.example.com' },
    },
  ];
  const secrets = { outcome: 'done', milliseconds: 0, facts: { secrets: [], images } };
  return { namespace, usedBy: [], nodes: { value: [] }, evidence: { secrets } } as unknown as CheckEvidence;
};
const nearestOf = (checks: readonly CheckEvidence[]) =>
  withoutServingKeys(checks).map(({ evidence: { secrets } }) => secrets.outcome === 'done' && secrets.facts.images[0]?.nearest?.key);

test('a key that serves another image is not held for a misspelt one', () => {
  const serving = check('shop', 'a.example.com', null);
  assert.deepEqual(nearestOf([serving, check('shop', null, 'a.example.com')]), [undefined, undefined]);
  assert.deepEqual(
    nearestOf([serving, check('other', null, 'a.example.com')]),
    [undefined, 'a.example.com'],
    'the same name, another Secret',
  );
  assert.deepEqual(nearestOf([serving, check('shop', null, 'c.example.com')]), [undefined, 'c.example.com']);
});
