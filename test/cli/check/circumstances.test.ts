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
