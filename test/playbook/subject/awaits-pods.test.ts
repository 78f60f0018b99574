import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawWorkload } from '../../../src/playbook/kubernetes.ts';
import { awaitsPods } from '../../../src/playbook/subject/awaits-pods.ts';
import { findWatched } from '../../../src/playbook/watch/subjects.ts';
import { FakeApi } from '../fake-api.ts';
import { pod, running } from '../objects.ts';

const old = [{ pod: pod({ name: 'old', labels: { 'controller-revision-hash': 'x-1' }, state: running }), rollout: 1 }];
const workload = (spec: object, status: object, metadata: object = {}) =>
  ({ metadata: { name: 'x', uid: 'x', generation: 2, ...metadata }, spec, status }) as RawWorkload;
const seen = { observedGeneration: 2 };
const argo = 'rollout.argoproj.io';
const argoSeen = { observedGeneration: '2' };
const ofArgo = [{ pod: pod({ name: 'old', labels: { 'rollouts-pod-template-hash': 'a' }, state: running }), rollout: 1 }];

for (const [what, type, object, pods, expected] of [
  [
    'a Deployment whose controller has not seen the change',
    'deployment',
    workload({}, { observedGeneration: 1, updatedReplicas: 3 }),
    old,
    true,
  ],
  ['one without a pod of the newest revision', 'deployment', workload({}, seen), old, true],
  ['one with such a pod', 'deployment', workload({}, { ...seen, updatedReplicas: 1 }), old, false],
  ['a paused one', 'deployment', workload({ paused: true }, seen), old, false],
  ['one without any pod', 'deployment', workload({}, { ...seen, updatedReplicas: 1 }), [], true],
  ['one that is scaled to 0', 'deployment', workload({ replicas: 0 }, seen), [], false],
  ['one that is being deleted', 'deployment', workload({}, seen, { deletionTimestamp: '2026-03-01T10:00:00Z' }), [], false],
  ['one whose status is not told', 'deployment', { metadata: { name: 'x', uid: 'x' }, spec: {} }, old, false],
  ['a StatefulSet between two pods', 'statefulset', workload({ replicas: 3 }, seen), old, true],
  ['one that updates what is deleted', 'statefulset', workload({ updateStrategy: { type: 'OnDelete' } }, seen), old, false],
  [
    'one whose partition keeps all',
    'statefulset',
    workload({ replicas: 3, updateStrategy: { rollingUpdate: { partition: 3 } } }, seen),
    old,
    false,
  ],
  ['a DaemonSet between two pods', 'daemonset', workload({}, { ...seen, desiredNumberScheduled: 2 }), old, true],
  ['one with an updated pod', 'daemonset', workload({}, { ...seen, desiredNumberScheduled: 2, updatedNumberScheduled: 1 }), old, false],
  ['one for no node', 'daemonset', workload({}, { ...seen, desiredNumberScheduled: 0 }), [], false],
  ['a Job whose pod was deleted', 'job', workload({}, {}), [], true],
  ['a Job that is over', 'job', workload({}, { conditions: [{ type: 'Failed', status: 'True' }] }), [], false],
  ['a CronJob between two runs', 'cronjob', workload({}, {}), [], false],
  ['an Argo Rollout between two broken revisions', argo, workload({ replicas: 3 }, { ...argoSeen, currentPodHash: 'b' }), ofArgo, true],
  ['one whose newest revision has a pod', argo, workload({ replicas: 3 }, { ...argoSeen, currentPodHash: 'a' }), ofArgo, false],
  ['one that its controller has not seen', argo, workload({ replicas: 3 }, { observedGeneration: '1', currentPodHash: 'a' }), ofArgo, true],
  ['one that is paused', argo, workload({ replicas: 3, paused: true }, { ...argoSeen, currentPodHash: 'b' }), ofArgo, false],
  [
    'one that waits to be promoted',
    argo,
    workload({ replicas: 3 }, { ...argoSeen, currentPodHash: 'b', pauseConditions: [{ reason: 'CanaryPauseStep' }] }),
    ofArgo,
    false,
  ],
  ['one that was given up', argo, workload({ replicas: 3 }, { ...argoSeen, currentPodHash: 'b', abort: true }), ofArgo, false],
  ['one whose status is not told, of Argo', argo, workload({ replicas: 3 }, {}), ofArgo, false],
  ['what makes no pods itself', 'services', workload({}, {}), [], false],
] as const) {
  test(`${what} ${expected ? 'awaits pods' : 'awaits none'}`, () => {
    assert.equal(awaitsPods(type, object, pods, null), expected);
  });
}

test('a count that lags behind is not believed where the pods themselves tell', () => {
  const counted = { ...seen, updatedReplicas: 1 };
  assert.deepEqual(
    [1, 2].map((newest) => awaitsPods('deployment', workload({}, counted), old, newest)),
    [false, true],
  );
  const set = (updateRevision: string) => awaitsPods('statefulset', workload({}, { ...counted, updateRevision }), old, null);
  assert.deepEqual([set('x-1'), set('x-2')], [false, true]);
});

test('the pods of the revision before do not make a watch healthy while those of the newest are to come', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const labels = { app: 'web' };
  const owner = { kind: 'Deployment', name: 'web', uid: 'web' };
  const spec = { selector: { matchLabels: labels } };
  const set = { metadata: { name: 'web-1', uid: 'rs-1', labels, ownerReferences: [{ ...owner, controller: true }] } };
  api.put('/apis/apps/v1/namespaces/shop/replicasets', set as never);
  api.put(
    '/api/v1/namespaces/shop/pods',
    pod({ name: 'web-1-a', labels, owner: { kind: 'ReplicaSet', name: 'web-1', uid: 'rs-1' }, state: running }),
  );
  const pulled = async (status: object) => {
    api.put('/apis/apps/v1/namespaces/shop/deployments', {
      metadata: { name: 'web', uid: 'web', generation: 2 } as object as { name: string },
      spec,
      status,
    });
    return (await findWatched(api.cluster(), 'shop', { type: 'deployment', name: 'web' })).pulled;
  };
  assert.equal(await pulled(seen), false);
  assert.equal(await pulled({ ...seen, updatedReplicas: 1 }), true);
});
