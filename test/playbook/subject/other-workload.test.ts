import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { RawMeta } from '../../../src/playbook/kubernetes.ts';
import { scanTargets } from '../../../src/playbook/scan/scan-pods.ts';
import { resolveResource } from '../../../src/playbook/subject/discovery.ts';
import { findSubjects } from '../../../src/playbook/subject/subject.ts';
import { FakeApi, type Stored } from '../fake-api.ts';
import { pod, running, waiting } from '../objects.ts';

const pods = '/api/v1/namespaces/shop/pods';
const failing = waiting('ErrImagePull', 'r.example.com/web:2: not found');
let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start();
});
afterEach(() => api.stop());

type Type = readonly [group: string, version: string, plural: string, kind: string, shortNames?: readonly string[], scope?: 'Cluster'];

const types: readonly Type[] = [
  ['apps', 'v1', 'deployments', 'Deployment', ['deploy']],
  ['apps', 'v1', 'replicasets', 'ReplicaSet', ['rs']],
  ['batch', 'v1', 'jobs', 'Job'],
  ['argoproj.io', 'v1alpha1', 'rollouts', 'Rollout', ['ro']],
  ['autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', ['hpa']],
  ['apps.kruise.io', 'v1alpha1', 'clonesets', 'CloneSet', ['clone']],
  ['apps.kruise.io', 'v1beta1', 'statefulsets', 'StatefulSet', ['sts', 'asts']],
  ['serving.knative.dev', 'v1', 'services', 'Service', ['kservice', 'ksvc']],
  ['serving.knative.dev', 'v1', 'configurations', 'Configuration'],
  ['serving.knative.dev', 'v1', 'revisions', 'Revision'],
  ['tekton.dev', 'v1', 'pipelineruns', 'PipelineRun', ['pr']],
  ['tekton.dev', 'v1', 'taskruns', 'TaskRun', ['tr']],
  ['sparkoperator.k8s.io', 'v1beta2', 'sparkapplications', 'SparkApplication', ['sparkapp']],
];

/** As a server from 1.26 on says what it has. */
function discovery(): string {
  const groups = [...new Set(types.map(([group]) => group))];
  const items = groups.map((name) => {
    const versions = [...new Set(types.filter(([group]) => group === name).map(([, version]) => version))];
    return { metadata: { name }, versions: versions.map((version) => ({ version, resources: resourcesOf(name, version) })) };
  });
  return JSON.stringify({ kind: 'APIGroupDiscoveryList', items });
}

function resourcesOf(group: string, version: string) {
  return types
    .filter((type) => type[0] === group && type[1] === version)
    .map(([, , resource, kind, shortNames, scope]) => ({
      resource,
      responseKind: { group, version, kind },
      scope: scope ?? 'Namespaced',
      singularResource: kind.toLowerCase(),
      shortNames,
    }));
}

/** As an older server does. */
function olderDiscovery(): void {
  const groups = [...new Set(types.map(([group]) => group))].map((name) => {
    const versions = types.filter(([group]) => group === name).map(([, version]) => ({ version, groupVersion: `${name}/${version}` }));
    return { name, versions, preferredVersion: versions[0] };
  });
  api.texts.set('/apis', JSON.stringify({ kind: 'APIGroupList', groups }));
  for (const [group, version] of types) {
    const resources = resourcesOf(group, version).flatMap(
      ({ resource: name, singularResource: singularName, responseKind, shortNames }) => [
        { name, singularName, kind: responseKind.kind, namespaced: true, shortNames },
        { name: `${name}/status`, singularName: '', kind: responseKind.kind, namespaced: true },
      ],
    );
    api.texts.set(`/apis/${group}/${version}`, JSON.stringify({ kind: 'APIResourceList', resources }));
  }
}

function owned(...owners: readonly [apiVersion: string, kind: string, name: string, uid: string][]): Pick<RawMeta, 'ownerReferences'> {
  return { ownerReferences: owners.map(([apiVersion, kind, name, uid]) => ({ apiVersion, kind, name, uid, controller: true })) };
}

function put(path: string, name: string, uid: string, parts: Record<string, unknown> = {}, meta: object = {}): void {
  const object: Stored = { metadata: { name, uid, namespace: 'shop', ...meta }, ...parts };
  api.put(path.replace('NS', 'namespaces/shop'), object);
}

function podOf(name: string, meta: object, parts: Parameters<typeof pod>[0] = {}): void {
  const made = pod({ name, state: failing, ...parts });
  api.put(pods, { ...made, metadata: { ...made.metadata, ...meta } });
}

async function ask(resource: string, name: string) {
  const subjects = await findSubjects(api.cluster(), 'shop', { type: 'other', resource, name });
  return subjects.map(({ pod, owner }) => [pod.metadata.name, owner && [owner.kind, owner.name, owner.group].filter(Boolean).join('/')]);
}

function rollout(): void {
  put('/apis/argoproj.io/v1alpha1/NS/rollouts', 'web', 'ro1', { spec: { selector: { matchLabels: { app: 'web' } }, template: {} } });
  put('/apis/apps/v1/NS/replicasets', 'web-5f', 'rs1', {}, owned(['argoproj.io/v1alpha1', 'Rollout', 'web', 'ro1']));
  podOf('web-5f-a', { labels: { app: 'web' }, ...owned(['apps/v1', 'ReplicaSet', 'web-5f', 'rs1']) });
  podOf('foreign', { labels: { app: 'web' } }, { created: '2026-02-01T10:00:00Z' });
}

for (const [server, prepare] of [
  ['1.26 and later', () => api.texts.set('/apis', discovery())],
  ['an older one', olderDiscovery],
] as const) {
  test(`an Argo Rollout in every spelling, through its ReplicaSets, of a server ${server}`, async () => {
    prepare();
    rollout();
    for (const typed of ['rollout', 'rollouts', 'ro', 'rollouts.argoproj.io', 'rollout.v1alpha1.argoproj.io', 'rollouts.argo']) {
      assert.deepEqual(await ask(typed, 'web'), [['web-5f-a', 'Rollout/web/argoproj.io']], typed);
    }
  });
}

test('a pod of a Rollout names the Rollout', async () => {
  rollout();
  const [subject] = await findSubjects(api.cluster(), 'shop', { type: 'pod', name: 'web-5f-a' });
  assert.deepEqual(subject?.owner, { kind: 'Rollout', name: 'web', group: 'argoproj.io' });
});

test('types of one name in two groups: the server’s order, or the group that is typed', () => {
  const resources = types.map(([group, version, plural, kind, shortNames = []]) => {
    return { group, version, plural, kind, singular: kind.toLowerCase(), shortNames, namespaced: true };
  });
  const group = (typed: string) => resolveResource(typed, resources)?.group;
  assert.equal(group('statefulsets'), 'apps.kruise.io');
  assert.equal(group('sts.apps.kruise.io'), 'apps.kruise.io');
  assert.equal(group('statefulsets.v1beta1.apps.kruise.io'), 'apps.kruise.io');
  assert.equal(group('deployment.apps'), 'apps');
  assert.equal(group('deployments.example.com'), undefined);
});

test('a Knative service: five owners up, without a selector', async () => {
  api.texts.set('/apis', discovery());
  const knative = '/apis/serving.knative.dev/v1/NS';
  put(`${knative}/services`, 'hello', 's1', { spec: { template: {} } });
  put(`${knative}/configurations`, 'hello', 'c1', {}, owned(['serving.knative.dev/v1', 'Service', 'hello', 's1']));
  put(`${knative}/revisions`, 'hello-1', 'r1', {}, owned(['serving.knative.dev/v1', 'Configuration', 'hello', 'c1']));
  put('/apis/apps/v1/NS/deployments', 'hello-1-deployment', 'd1', {}, owned(['serving.knative.dev/v1', 'Revision', 'hello-1', 'r1']));
  put('/apis/apps/v1/NS/replicasets', 'hello-1-deployment-7', 'rs1', {}, owned(['apps/v1', 'Deployment', 'hello-1-deployment', 'd1']));
  podOf('hello-1-deployment-7-a', owned(['apps/v1', 'ReplicaSet', 'hello-1-deployment-7', 'rs1']));
  podOf('other', owned(['apps/v1', 'ReplicaSet', 'gone', 'rs9']));
  assert.deepEqual(await ask('ksvc', 'hello'), [['hello-1-deployment-7-a', 'Service/hello/serving.knative.dev']]);
});

test('a Tekton run, and a Spark application whose executors belong to its driver pod', async () => {
  api.texts.set('/apis', discovery());
  put('/apis/tekton.dev/v1/NS/pipelineruns', 'build', 'pr1');
  put('/apis/tekton.dev/v1/NS/taskruns', 'build-clone', 'tr1', {}, owned(['tekton.dev/v1', 'PipelineRun', 'build', 'pr1']));
  podOf('build-clone-pod', owned(['tekton.dev/v1', 'TaskRun', 'build-clone', 'tr1']));
  assert.deepEqual(await ask('pipelinerun', 'build'), [['build-clone-pod', 'PipelineRun/build/tekton.dev']]);
  assert.deepEqual(await ask('tr', 'build-clone'), [['build-clone-pod', 'TaskRun/build-clone/tekton.dev']]);
  put('/apis/sparkoperator.k8s.io/v1beta2/NS/sparkapplications', 'pi', 'sp1');
  podOf('pi-driver', { uid: 'driver', ...owned(['sparkoperator.k8s.io/v1beta2', 'SparkApplication', 'pi', 'sp1']) }, { state: running });
  podOf('pi-exec-1', owned(['v1', 'Pod', 'pi-driver', 'driver']));
  assert.deepEqual(await ask('sparkapp', 'pi'), [['pi-exec-1', 'SparkApplication/pi/sparkoperator.k8s.io']]);
});

test('a Service and an autoscaler stand for the pods that they pick or scale', async () => {
  api.texts.set('/apis', discovery());
  const resources = [{ name: 'services', singularName: 'service', kind: 'Service', namespaced: true, shortNames: ['svc'] }];
  api.texts.set('/api/v1', JSON.stringify({ resources }));
  rollout();
  put('/api/v1/NS/services', 'front', 'svc1', { spec: { selector: { app: 'web' } } });
  for (const typed of ['svc', 'services', 'service.v1.']) {
    assert.deepEqual(await ask(typed, 'front'), [['web-5f-a', 'Rollout/web/argoproj.io']], typed);
  }
  const scaleTargetRef = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web' };
  put('/apis/autoscaling/v2/NS/horizontalpodautoscalers', 'web', 'h1', { spec: { scaleTargetRef } });
  assert.deepEqual(await ask('hpa', 'web'), [['web-5f-a', 'Rollout/web/argoproj.io']]);
});

test('what makes pods but has none is not given those of another that its selector picks', async () => {
  api.texts.set('/apis', discovery());
  put('/apis/argoproj.io/v1alpha1/NS/rollouts', 'web', 'ro1', {
    spec: { selector: { matchLabels: { app: 'web' } }, template: {}, replicas: 0 },
  });
  podOf('foreign', { labels: { app: 'web' } });
  await assert.rejects(ask('ro', 'web'), {
    message: 'error: rollout.argoproj.io "web" in namespace shop has no pods: it is scaled to 0 replicas',
    noPods: { namespace: 'shop', type: 'rollout.argoproj.io', name: 'web', because: { what: 'zero' } },
  });
});

test('no such type, no such object, and owners that may not be read', async () => {
  api.texts.set('/apis', discovery());
  rollout();
  await assert.rejects(ask('rolloutz', 'web'), { message: 'error: the server doesn\'t have a resource type "rolloutz"' });
  await assert.rejects(ask('rollout', 'wbe'), {
    message: 'Error from server (NotFound): rollouts "wbe" not found\nSimilar names in namespace shop: web',
  });
  api.refuse('GET', /replicasets/, 403, 'Forbidden', 'no');
  await assert.rejects(ask('rollout', 'web'), {
    message:
      'error: rollout.argoproj.io "web" in namespace shop has no pods\n1 of the objects that own pods there could not be read: pods of it may be among theirs',
  });
});

test('a scan of such a workload looks at its pods', async () => {
  api.texts.set('/apis', discovery());
  rollout();
  const { pods } = await scanTargets(api.cluster(), 'shop', [{ type: 'other', resource: 'rollout', name: 'web' }], new Date());
  assert.deepEqual(
    pods.map(({ metadata }) => metadata.name),
    ['web-5f-a'],
  );
});
