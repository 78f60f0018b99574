import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { mendNoPods } from '../../../src/causes/fix/no-pods.ts';
import { findSubjects, SubjectError } from '../../../src/playbook/subject/subject.ts';
import type { WorkloadType } from '../../../src/playbook/subject/workload.ts';
import { FakeApi, type Stored } from '../fake-api.ts';
import { event } from '../objects.ts';

const apps = '/apis/apps/v1/namespaces/shop';
const batch = '/apis/batch/v1/namespaces/shop';
const events = '/api/v1/namespaces/shop/events';
const selector = { matchLabels: { app: 'web' } };
let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start();
});
afterEach(() => api.stop());

function object(uid: string, parts: Record<string, unknown> = {}, meta: Record<string, unknown> = {}): Stored {
  return { metadata: { name: 'web', uid, namespace: 'shop', ...meta }, spec: { selector }, ...parts };
}

async function why(type: WorkloadType): Promise<string> {
  const error = await findSubjects(api.cluster(), 'shop', { type, name: 'web' }).then(
    () => assert.fail('it did not fail'),
    (error) => error,
  );
  assert.ok(error instanceof SubjectError, String(error));
  const told = [error.message, ...(error.noPods ? mendNoPods(error.noPods) : [])].join('\n');
  return told.replace(/^error: (\w+) "web" in namespace shop has no pods(?:: )?/, '');
}

const conditions = (type: string, message: string) => ({ status: { conditions: [{ type, status: 'True', reason: 'X', message }] } });
const made = (kind: string, name: string, uid: string) => ({
  ownerReferences: [{ apiVersion: 'batch/v1', kind, name, uid, controller: true }],
});

test('what its own settings hold back, and the command that lets it go', async () => {
  api.put(`${apps}/deployments`, object('d1'));
  assert.equal(await why('deployment'), '');
  api.put(`${apps}/deployments`, object('d1', { spec: { selector, replicas: 0 } }));
  assert.equal(
    await why('deployment'),
    'it is scaled to 0 replicas\nFix   give it replicas:\n        kubectl -n shop scale deployment/web --replicas=1',
  );
  api.put(`${apps}/deployments`, object('d1', { spec: { selector, replicas: 2, paused: true } }));
  assert.match(await why('deployment'), /^it is paused, and was never rolled out\n.*\n +kubectl -n shop rollout resume deployment\/web$/);
  api.put(`${batch}/jobs`, object('j1', { spec: { selector, suspend: true } }));
  assert.match(
    await why('job'),
    /^it is suspended\n.*\n +kubectl -n shop patch job\/web --type=merge -p '\{"spec":\{"suspend":false\}\}'$/,
  );
  api.put(`${apps}/daemonsets`, object('ds1', { status: { desiredNumberScheduled: 0 } }));
  assert.equal(await why('daemonset'), 'no node matches its node selector, affinity and tolerations');
});

test('who refused its pods, by its condition or by the events of what makes them', async () => {
  const quota = 'pods "web-5f-x" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4, limited: pods=4';
  const fix = '\nFix   make room in quota team: raise it, or remove what uses it up:\n        kubectl -n shop describe resourcequota team';
  api.put(`${apps}/deployments`, object('d1', conditions('ReplicaFailure', quota)));
  assert.equal(await why('deployment'), quota + fix);
  api.put(`${apps}/statefulsets`, object('s1'));
  const found = event('s1', 'FailedCreate', `(combined from similar events): Error creating: ${quota}`);
  api.put(events, found);
  assert.equal(await why('statefulset'), quota + fix);
});

test('a ReplicaSet of its own is told by its owner, not by its name; the newest refusal counts', async () => {
  const refused = (name: string, message: string, at: string) => ({
    ...event(name, 'FailedCreate', message, { at }),
    metadata: { name: `${name}.${message}`, uid: message },
    involvedObject: { kind: 'ReplicaSet', uid: name, name },
  });
  api.put(`${apps}/deployments`, object('d1'));
  api.put(`${apps}/replicasets`, object('web-5f', {}, { name: 'web-5f', ...made('Deployment', 'web', 'd1') }));
  api.put(`${apps}/replicasets`, object('web-api-7d', {}, { name: 'web-api-7d', ...made('Deployment', 'web-api', 'd2') }));
  api.put(events, refused('web-api-7d', 'of another', '2026-03-01T12:00:00Z'));
  assert.equal(await why('deployment'), '');
  api.put(events, refused('web-5f', 'a newer one', '2026-03-01T11:00:00Z'), refused('web-5f', 'b older one', '2026-03-01T10:00:00Z'));
  assert.equal(await why('deployment'), 'a newer one');
});

test('a Job that ended: its reason, and what its last pod, which is gone, could not pull', async () => {
  api.put(`${batch}/jobs`, object('j1', conditions('Failed', 'Job was active longer than specified deadline')));
  assert.equal(await why('job'), 'Job was active longer than specified deadline');
  const of = (name: string, message: string) => ({
    ...event(name, 'Failed', message),
    involvedObject: { kind: 'Pod', name, uid: name },
  });
  const pull = of('web-x1y2z', 'Failed to pull image "r/app:1": not found');
  api.put(events, pull, of('web-x1y2w', 'Error: ErrImagePull'), of('web-other-x1y2z', 'Failed to pull image "no"'));
  assert.equal(await why('job'), 'Job was active longer than specified deadline', 'a name alone makes no pod its own');
  api.put(events, event('j1', 'SuccessfulCreate', 'Created pod: web-x1y2z'));
  assert.equal(
    await why('job'),
    'Job was active longer than specified deadline\nIts pod web-x1y2z, which is gone, could not pull: Failed to pull image "r/app:1": not found\n' +
      'To have these words explained, give them to: kubectl imagepull explain -',
  );
});

test("a CronJob: not run yet, its last Job, or that one's end", async () => {
  api.put(`${batch}/cronjobs`, object('c1', { spec: { schedule: '0 3 * * *' } }));
  assert.equal(await why('cronjob'), 'it has not run yet (schedule 0 3 * * *)');
  api.put(`${batch}/cronjobs`, object('c1', { spec: {}, status: { lastScheduleTime: '2026-03-01T03:00:00Z' } }));
  assert.equal(await why('cronjob'), 'its last run was at 2026-03-01T03:00:00Z, and that Job and its pods are gone');
  const job = (name: string, created: string, message: string) =>
    object(name, conditions('Failed', message), { name, creationTimestamp: created, ...made('CronJob', 'web', 'c1') });
  api.put(
    `${batch}/jobs`,
    job('web-1', '2026-03-01T03:00:00Z', 'old'),
    job('web-2', '2026-03-02T03:00:00Z', 'Job has reached the specified backoff limit'),
  );
  assert.equal(await why('cronjob'), 'its last Job, web-2: Job has reached the specified backoff limit');
});
