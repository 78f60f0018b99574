import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, type Cluster } from '../../src/cluster/cluster.ts';
import { parseReference } from '../../src/image/reference.ts';
import { collectSecrets, imageKey } from '../../src/playbook/secrets.ts';
import type { ContainerKind, ImageSpec } from '../../src/values/evidence.ts';

const password = 'p4ssw0rd-of-the-registry';
const dockerConfig = (key: string) =>
  Buffer.from(JSON.stringify({ auths: { [key]: { username: 'puller', password } } })).toString('base64');
const secret = (type: string, data: Record<string, string>) => ({
  metadata: {
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{ time: '2026-02-01T00:00:00Z' }, { time: '2026-01-01T00:00:00Z' }],
  },
  type,
  data,
});
const objects: Readonly<Record<string, unknown>> = {
  good: secret('kubernetes.io/dockerconfigjson', { '.dockerconfigjson': dockerConfig('registry.test') }),
  elsewhere: secret('kubernetes.io/dockerconfigjson', { '.dockerconfigjson': dockerConfig('registry.tset') }),
  opaque: secret('Opaque', { password: 'eA==' }),
};

/** Serves Secrets of the namespace shop by name. */
const cluster = {
  get: async (path: string) => {
    const name = path.replace('/api/v1/namespaces/shop/secrets/', '');
    if (name === 'hidden')
      throw new ApiError(
        403,
        'Forbidden',
        'secrets "hidden" is forbidden: User "me" cannot get resource "secrets" in API group "" in the namespace "shop"',
      );
    if (name in objects) return objects[name];
    throw new ApiError(404, 'NotFound', `secrets "${name}" not found`);
  },
} as unknown as Cluster;

function image(container: string, text: string, kind: ContainerKind = 'container'): ImageSpec {
  const parsed = parseReference(text);
  const reference = 'reference' in parsed ? parsed.reference : null;
  return { container, kind, image: text, reference, invalid: null, defaults: [], pullPolicy: 'Always' };
}

test('every Secret has its state, and each image its logins in the kubelet’s order', async () => {
  const images = [
    image('app', 'registry.test/app:1'),
    image('side', 'other.test/app:1'),
    image('sandbox', 'registry.test/pause:1', 'sandbox'),
    image('bad', 'BAD:'),
  ];
  const { step, credentials } = await collectSecrets(cluster, 'shop', ['ghost', 'good', 'opaque', 'hidden', 'good'], images);
  assert.ok(step.outcome === 'done');
  assert.deepEqual(
    step.facts.secrets.map(({ name, state, obstacle, fault }) => [name, state, obstacle?.kind ?? fault?.code ?? null]),
    [
      ['ghost', 'missing', 'not-found'],
      ['good', 'usable', null],
      ['opaque', 'faulty', 'wrong-type'],
      ['hidden', 'unreadable', 'forbidden'],
    ],
  );
  assert.equal(step.facts.secrets[3]?.obstacle?.permission, 'get secrets in namespace shop');
  assert.equal(step.facts.secrets[1]?.changedAt, '2026-02-01T00:00:00Z');
  assert.deepEqual(step.facts.images[0], {
    container: 'app',
    kind: 'container',
    tries: [{ secret: 'good', key: 'registry.test', user: 'puller' }],
    nearest: null,
  });
  assert.equal(step.facts.images[1]?.nearest, null, 'the one entry serves another image of the pod');
  const alone = await collectSecrets(cluster, 'shop', ['good'], images.slice(1, 2));
  assert.ok(alone.step.outcome === 'done');
  assert.deepEqual(alone.step.facts.images[0]?.nearest, { secret: 'good', key: 'registry.test', shouldBe: 'other.test' });
  assert.deepEqual(step.facts.images[2], { container: 'sandbox', kind: 'sandbox', tries: [], nearest: null });
  assert.equal(credentials.get(imageKey({ kind: 'container', container: 'app' }))?.[0]?.password, password);
});

test('no password gets into the facts', async () => {
  const { step } = await collectSecrets(cluster, 'shop', ['good', 'elsewhere'], [image('app', 'registry.test/app:1')]);
  const text = JSON.stringify(step);
  for (const form of [password, Buffer.from(password).toString('base64'), dockerConfig('registry.test')]) assert.ok(!text.includes(form));
});

test('without pull secrets nothing is read', async () => {
  const { step } = await collectSecrets({} as Cluster, 'shop', [], [image('app', 'registry.test/app:1')]);
  assert.ok(step.outcome === 'done');
  assert.deepEqual(step.facts, { secrets: [], images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] });
});

test('beside a missing Secret stand the pull secrets with a name like it, and whether they are for the image', async () => {
  const asked: string[] = [];
  const { get } = cluster;
  const listing = {
    get: async (path: string, query?: { fieldSelector?: string }, options?: { accept?: string }) => {
      asked.push(path);
      if (path !== '/api/v1/namespaces/shop/secrets') return get(path);
      assert.equal(query?.fieldSelector, 'type=kubernetes.io/dockerconfigjson');
      assert.match(options?.accept ?? '', /PartialObjectMetadataList/);
      return { items: ['good', 'elsewhere', 'quite-another'].map((name) => ({ metadata: { name } })) };
    },
  } as unknown as Cluster;
  const near = async (name: string) => {
    const { step } = await collectSecrets(listing, 'shop', [name], [image('app', 'registry.test/app:1')]);
    return step.outcome === 'done' ? step.facts.secrets[0]?.near : null;
  };
  assert.deepEqual(await near('godo'), [{ name: 'good', fits: true }]);
  assert.deepEqual(await near('elsewhre'), [{ name: 'elsewhere', fits: false }]);
  assert.deepEqual(await near('ghost-of-christmas'), []);
  asked.length = 0;
  assert.equal(await near('good'), undefined);
  assert.deepEqual(asked, ['/api/v1/namespaces/shop/secrets/good']);
});
