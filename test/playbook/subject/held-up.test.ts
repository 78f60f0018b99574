import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawWorkload } from '../../../src/playbook/kubernetes.ts';
import { heldUpBy } from '../../../src/playbook/subject/held-up.ts';
import { heldUpLine } from '../../../src/report/nodes-apart.ts';
import type { ReportPod } from '../../../src/values/report.ts';
import { pod } from '../objects.ts';

const at = (ordinal: number, hash = 'new') => pod({ name: `db-${ordinal}`, labels: { 'controller-revision-hash': hash } });
const set = (replicas: number, more: RawWorkload['spec'] = {}): RawWorkload => ({
  metadata: { name: 'db', uid: 's' },
  spec: { replicas, ...more },
});
const line = (heldUp: ReturnType<typeof heldUpBy>) => heldUpLine({ heldUp } as ReportPod);

test('pods that are made only when this one is ready', () => {
  const found = heldUpBy(at(1), [at(0), at(1)], set(4));
  assert.deepEqual(found, { pods: 2, until: 'made' });
  assert.equal(line(found), '2 pods wait for it: a StatefulSet makes its pods in order, each when the one before is ready');
  assert.equal(heldUpBy(at(1), [at(0), at(1)], set(4, { podManagementPolicy: 'Parallel' })), undefined);
});

test('a pod below that is made anew does not wait; ordinals may begin elsewhere', () => {
  assert.equal(heldUpBy(at(1), [at(1), at(2)], set(3)), undefined);
  assert.deepEqual(heldUpBy(at(6), [at(5), at(6)], set(4, { ordinals: { start: 5 } })), { pods: 2, until: 'made' });
});

test('pods that are updated only when this one is ready', () => {
  const pods = [at(0, 'old'), at(1, 'old'), ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((ordinal) => at(ordinal, ordinal === 10 ? 'old' : 'new'))];
  const found = heldUpBy(at(2), pods, set(11));
  assert.deepEqual(found, { pods: 2, until: 'updated' });
  assert.equal(line(found), '2 pods keep the revision before until it is ready: a StatefulSet is updated from its highest ordinal down');
  assert.equal(heldUpBy(at(2), pods, set(11, { updateStrategy: { type: 'OnDelete' } })), undefined);
  assert.equal(heldUpBy(at(2), pods, set(11, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })), undefined);
});

test('none, where all are there and alike', () => {
  assert.equal(heldUpBy(at(1), [at(0), at(1)], set(2)), undefined);
  assert.equal(line(undefined), null);
});
