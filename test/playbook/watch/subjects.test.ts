import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSubjects } from '../../../src/playbook/subject/subject.ts';
import { findWatched } from '../../../src/playbook/watch/subjects.ts';
import { FakeApi } from '../fake-api.ts';
import { pod, running, waiting } from '../objects.ts';

const owner = { kind: 'StatefulSet', name: 'db', uid: 'set' };
const target = { type: 'statefulset', name: 'db' } as const;

test('a watch looks at what why looks at: also on which nodes it fails, and which pods wait', async (t) => {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  api.put('/apis/apps/v1/namespaces/shop/statefulsets', { metadata: { name: 'db', uid: 'set' }, spec: { replicas: 4 } });
  const pods = [
    pod({ name: 'db-0', owner, node: 'n1', state: running }),
    pod({ name: 'db-1', owner, node: 'n2', state: waiting('ErrImagePull', 'not found') }),
  ];
  api.put('/api/v1/namespaces/shop/pods', ...pods);
  const { subjects, pulled } = await findWatched(api.cluster(), 'shop', target);
  assert.equal(pulled, false);
  assert.deepEqual(subjects, await findSubjects(api.cluster(), 'shop', target));
  assert.deepEqual(subjects[0]?.heldUp, { pods: 2, until: 'made' });
  assert.deepEqual([subjects[0]?.nodesApart?.failing, subjects[0]?.nodesApart?.fine], [['n2'], ['n1']]);
});
