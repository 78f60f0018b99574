import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCluster } from '../../scripts/demo/objects.ts';

interface Pod {
  metadata: { name: string; creationTimestamp: string };
}

test('the captured times are moved to now, and keep their distances', () => {
  const ages = ['2030-01-01T00:00:00Z', '2031-06-01T12:00:00Z'].map((now) => {
    const pods = readCluster(new Date(now)).objects.get('pods') as unknown as readonly Pod[];
    return pods.map((pod) => Date.parse(now) - Date.parse(pod.metadata.creationTimestamp));
  });
  assert.ok(ages[0]?.every((age) => age > 60_000 && age < 3_600_000));
  assert.deepEqual(ages[0], ages[1]);
});
