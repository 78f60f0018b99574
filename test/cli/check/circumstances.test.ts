import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, world } from './world.ts';

const yaml = (...objects: object[]) => objects.map((one) => JSON.stringify(one)).join('\n---\n');

test('a container without image is a problem in the words of the API server', async (t) => {
  const { host, check } = await world(t);
  const object = deployment(`${host}/app:1`, { initContainers: [{ name: 'init' }] });
  const { out, code } = await check(['-f', '-', '--no-headers', '--exit-code'], yaml(object));
  assert.match(
    out,
    /^\(none\) +problem +- +Deployment\/web init +invalid-image-name \(certain\): spec\.template\.spec\.initContainers\[0\]\.image: Required value\n/,
  );
  assert.equal(code, 3);
  const custom = await check(['-f', '-', '--no-headers', '--exit-code'], yaml({ ...object, apiVersion: 'example.com/v1', kind: 'Thing' }));
  assert.match(custom.out, /^\(none\) +unknown /, 'another kind may get it from whoever makes its pods');
  assert.equal(custom.code, 0);
});

test('what is no text is said to be that, and how it becomes one', async (t) => {
  const { check } = await world(t);
  const yamlOf = (image: string) => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: b, image: ${image}}]}}`;
  const found = async (image: string) => (await check(['-f', '-', '--no-headers'], yamlOf(image))).out;
  assert.match(
    await found('1.5'),
    /invalid-image-name \(certain\): spec\.containers\[0\]\.image is read as 1\.5, which is no text: put it in quotes\n/,
  );
  assert.match(await found('true'), /is read as true, which is no text: put it in quotes/);
  assert.match(await found('{repository: r, tag: v1}'), /spec\.containers\[0\]\.image is a mapping, where the name of an image must stand/);
  assert.match(await found('[r]'), /is a list, where/);
  assert.match(await found('null'), /spec\.containers\[0\]\.image: Required value/);
  const [item] = JSON.parse((await check(['-f', '-', '-o', 'json'], yamlOf('1.5'))).out).items;
  assert.deepEqual([item.image, item.usedBy[0].found], ['', '1.5']);
});

test('where no node would take the pod, that is not called ok', async (t) => {
  const { host, check } = await world(t);
  const result = async (spec: object) => (await check(['-f', '-', '--no-headers'], yaml(deployment(`${host}/app:1`, spec)))).out;
  assert.match(await result({ nodeSelector: { zone: 'a' } }), / ok /);
  assert.match(await result({ nodeSelector: { zone: 'mars' } }), / unknown .* no node has zone=mars \(there: a\); ci can read the image/);
  assert.match(await result({ nodeName: 'gone' }), / unknown .* no node has the name gone;/);
  const terms = [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }];
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } };
  assert.match(await result({ affinity }), / unknown .* no node has gpu;/);
});

test('a pull secret that is missing beside one that serves is told of, and what it may have been', async (t) => {
  const { host, check } = await world(t);
  const imagePullSecrets = [{ name: 'goood' }, { name: 'good' }];
  const { out } = await check(['-f', '-', '--no-headers'], yaml(deployment(`${host}/app:1`, { imagePullSecrets })));
  assert.match(out, / ok +ci .*ci can read the image .*; goood does not exist in namespace shop\n$/);
  const alone = await check(['-f', '-', '--no-headers'], yaml(deployment(`${host}/app:1`, { imagePullSecrets: [{ name: 'goood' }] })));
  assert.match(alone.out, / problem .*goood does not exist in namespace shop; .*did you mean pull secret good\?/);
});

test('a namespace or an account that is not there is told of once', async (t) => {
  const { host, check } = await world(t);
  const nowhere = await check([`${host}/app:1`, '-n', 'nowhere', '--no-headers']);
  assert.match(nowhere.out, / unknown +- +namespace nowhere does not exist; 127/);
  const { out } = await check(['-f', '-', '--no-headers'], yaml(deployment(`${host}/app:1`, { serviceAccountName: 'robot' })));
  assert.match(out, / unknown .* service account robot does not exist in namespace shop; 127/);
  assert.doesNotMatch(nowhere.out + out, /not found/);
});

test('a namespace that the manifests make has an account without pull secrets', async (t) => {
  const { host, check } = await world(t);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } };
  const object = { ...deployment(`${host}/app:1`), metadata: { name: 'web', namespace: 'new' } };
  const { out } = await check(['-f', '-', '--no-headers'], yaml(namespace, object));
  assert.match(out, / problem .*auth-required \(likely\): no pull secret; namespace new is created by these manifests; /);
});

test('a namespace that is not there fails no gate for its pull secrets, in whichever way it is named', async (t) => {
  const { host, secret, check } = await world(t);
  const gate = ['--no-headers', '--exit-code'];
  const named = { imagePullSecrets: [{ name: 'good' }] };
  const typed = await check([`${host}/app:1`, '-n', 'nowhere', '--secret=good', ...gate]);
  const piped = await check(['-f', '-', '-n', 'nowhere', ...gate], yaml(deployment(`${host}/app:1`, named)));
  const missing = await check([`${host}/app:1`, '-n', 'nowhere', ...gate]);
  for (const { code, out } of [typed, piped, missing]) {
    assert.equal(code, 0, out);
    assert.match(out, / unknown .*namespace nowhere does not exist; /);
  }
  const own = { ...secret('own', 'wrong'), metadata: { name: 'own' } };
  const bad = await check(
    ['-f', '-', '-n', 'nowhere', ...gate],
    yaml(own, deployment(`${host}/app:1`, { imagePullSecrets: [{ name: 'own' }] })),
  );
  assert.match(bad.out, / problem .*auth-rejected/, 'it is among the manifests');
  assert.equal(bad.code, 3);
});

test('an image that is never pulled is asked of no registry: the nodes say where it is', async (t) => {
  const { api, host, seen, check } = await world(t);
  const node = (name: string, images: readonly string[], zone = 'b', kubeletVersion = 'v1.34.1') => ({
    metadata: { name, labels: { zone } },
    status: {
      nodeInfo: { operatingSystem: 'linux', architecture: 'amd64', kubeletVersion },
      images: images.map((image) => ({ names: [image] })),
    },
  });
  api.put('/api/v1/nodes', node('n2', [`${host}/app:gone`, 'docker.io/library/busybox:1']), node('n3', ['docker.io/library/busybox:1']));
  const pod = (image: string, spec: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'app', image, imagePullPolicy: 'Never' }], ...spec },
  });
  const ask = async (image: string, zone = 'b') =>
    check(['-f', '-', '--no-headers', '--exit-code'], yaml(pod(image, { nodeSelector: { zone } })));
  const rule = 'imagePullPolicy is Never: no registry is asked, it must be on the node';
  const some = await ask(`${host}/app:gone`);
  assert.match(some.out, new RegExp(` unknown .*${rule}; it is on node n2, not seen on node n3\n`));
  assert.equal(some.code, 0);
  assert.match((await ask(`${host}/app:1`)).out, new RegExp(` unknown .*${rule}; not seen on nodes n2, n3\n`));
  assert.match((await ask('busybox:1')).out, new RegExp(` ok .*${rule}; it is on nodes n2, n3\n`));
  api.put('/api/v1/nodes', node('n4', ['docker.io/library/busybox:1', 'localhost/app:1'], 'c', 'v1.35.0'));
  assert.match((await ask('busybox:1', 'c')).out, / unknown .*; it is on node n4\n/, 'the kubelet may want the credential that pulled it');
  assert.match((await ask('localhost/app:1', 'c')).out, / ok .*; it is on node n4\n/);
  assert.match((await ask(`${host}/APP:1`)).out, / problem .*invalid-image-name/);
  assert.equal(seen.length, 0);
  const both = yaml(pod(`${host}/app:1`), deployment(`${host}/app:1`));
  assert.match((await check(['-f', '-', '--no-headers'], both)).out, / unknown [\s\S]* ok /, 'who pulls it is a question of its own');
});

test('a name whose mistake is plain has it named', async (t) => {
  const { host, check } = await world(t);
  assert.match((await check([`${host}/app@sha256:abc`])).out, /"invalid reference format"; its sha256 digest has 3 digits instead of 64/);
  assert.match((await check([`${host}/app:1:latest`])).out, /; it has two tags, 1 and latest/);
});

test('of a missing digest, the tag beside it is named as what it is', async (t) => {
  const { host, check } = await world(t);
  const { out } = await check([`${host}/app:1@sha256:${'b'.repeat(64)}`]);
  assert.match(out, /; the tag in its name, 1, is there, and is something else\n/);
});
