// The flags that led to a cluster go with it: through whatever stands before it, into the evidence and into what is said of it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { plannedCluster } from '../../src/playbook/check/planned-cluster.ts';
import { noticingProbePods } from '../../src/playbook/probe/leftovers.ts';
import { removePod } from '../../src/playbook/probe/pods.ts';
import { sharingCluster } from '../../src/playbook/scan/sharing-cluster.ts';
import { findSubjects, SubjectError } from '../../src/playbook/subject/subject.ts';
import { FakeApi } from './fake-api.ts';
import { pod } from './objects.ts';

const reachedBy = ['--context=the live'];
let api: FakeApi;
let cluster: Cluster;
beforeEach(async () => {
  api = await FakeApi.start();
  cluster = { ...api.cluster(), reachedBy };
});
afterEach(() => api.stop());

test('whatever stands before a cluster keeps them', () => {
  assert.deepEqual(sharingCluster(plannedCluster(noticingProbePods(cluster).cluster, [])).reachedBy, reachedBy);
});

test('a pod of the same name elsewhere is looked for in the same cluster', async () => {
  api.put('/api/v1/namespaces/shop/pods');
  api.put('/api/v1/namespaces/prod/pods', pod({ name: 'web', namespace: 'prod' }));
  await assert.rejects(findSubjects(cluster, 'shop', { type: 'pod', name: 'web' }), ({ message }: Error) =>
    message.endsWith("in namespace prod: kubectl imagepull why web -n prod '--context=the live'"),
  );
});

test('so is a workload without pods mended there', async () => {
  api.put('/apis/apps/v1/namespaces/shop/deployments', { metadata: { name: 'web', uid: 'd1' }, spec: { replicas: 0 } });
  await assert.rejects(
    findSubjects(cluster, 'shop', { type: 'deployment', name: 'web' }),
    (error) => error instanceof SubjectError && error.noPods?.reachedBy === reachedBy,
  );
});

test('and a probe pod that could not be removed is removed there', async () => {
  api.refuse('DELETE', /\/pods\/probe$/, 403, 'Forbidden', 'pods "probe" is forbidden');
  const said: string[] = [];
  await removePod(cluster, 'shop', 'probe', (text) => said.push(text));
  assert.match(said.join(), /It ends by itself: kubectl '--context=the live' delete pod probe -n shop$/);
});
