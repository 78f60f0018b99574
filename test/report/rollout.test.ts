import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rolloutLine } from '../../src/report/rollout.ts';
import type { RolloutChange } from '../../src/values/evidence.ts';
import type { PullReport } from '../../src/values/report.ts';

function line(changes: readonly RolloutChange[], since: string | null = '2026-03-01T10:00:00Z'): string | null {
  return rolloutLine({ collectedAt: '2026-03-01T10:05:00Z', pod: { rollout: { revision: 7, since, changes } } } as unknown as PullReport);
}
const image = (before: string | null, after: string | null, container = 'app'): RolloutChange => ({
  what: 'image',
  container,
  before,
  after,
});

test('what the revision changed, in a line', () => {
  assert.equal(line([image('r.example.com/shop:v1', 'r.example.com/shop:v2')]), 'Since revision 7 (5m ago): image v1 → v2');
  assert.equal(line([image('r:5000/shop:v1', 'r:5000/cart:v1')], null), 'Since revision 7: image r:5000/shop:v1 → r:5000/cart:v1');
  assert.equal(line([image('r:5000/shop', 'r:5000/shop:v1')], null), 'Since revision 7: image r:5000/shop → r:5000/shop:v1');
  assert.equal(line([image('shop:v1', 'shop@sha256:abc')], null), 'Since revision 7: image v1 → @sha256:abc');
  assert.equal(
    line([image('a:1', 'a:2'), image(null, 'log:1', 'log'), { what: 'pullSecrets', before: 'regcred', after: null }], null),
    'Since revision 7: app image 1 → 2, log image none → log:1 and pull secrets regcred → none',
  );
});

test('nothing, where nothing that bears on pulling changed or it is not known', () => {
  assert.equal(line([]), null);
  assert.equal(rolloutLine({ pod: {} } as PullReport), null);
});
