import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, serve } from '../../registry/servers.ts';
import { deployment, world } from './world.ts';

/** A registry that serves any image to anybody. */
async function openRegistry(t: Parameters<typeof world>[0]) {
  const { port } = await serve(t, () => ({
    '127.0.0.1': (_, response) =>
      json(response, 200, { schemaVersion: 2 }, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }),
  }));
  return `127.0.0.1:${port}`;
}

const away = ['-s', 'https://127.0.0.1:1', '--exit-code', '--no-headers'];

test('a cluster that does not answer passes no gate where its Secrets, account or namespace are wanted', async (t) => {
  const { host, check } = await world(t);
  const open = await openRegistry(t);
  const refused = /^The connection to the server 127\.0\.0\.1:1 was refused - did you specify the right host or port\?\n$/;
  for (const flags of [['--secret=good'], ['-n', 'shop'], ['--service-account=robot']]) {
    const { code, err, out } = await check([`${open}/app:1`, ...flags, ...away]);
    assert.equal(code, 1, flags.join(' '));
    assert.match(err, refused);
    assert.match(out, /\/app:1 /, 'what was found is printed all the same');
  }
  const denied = await check([`${host}/app:1`, ...away]);
  assert.equal(denied.code, 1, 'the account may name the login that the registry wants');
  assert.match(denied.out, / unknown /);
  const pods = (image: string, over: object) => check(['-f', '-', ...away], JSON.stringify(deployment(image, over)));
  assert.equal((await pods(`${open}/app:1`, { imagePullSecrets: [{ name: 'good' }] })).code, 1);
  assert.doesNotMatch((await pods(`${host}/app:1`, { imagePullSecrets: [{ name: 'good' }] })).out, /account default/, 'it is not wanted');
  assert.equal((await pods(`${open}/app:1`, { serviceAccountName: 'robot' })).code, 1);
  assert.equal((await pods(`${host}/app:1`, { imagePullSecrets: [{ name: 'good' }] })).code, 1, 'it goes before 3');
});

test('one that refuses the login has not answered either', async (t) => {
  const { api, host, check } = await world(t);
  api.refuse('GET', /./, 401, 'Unauthorized', 'Unauthorized');
  const { code, err } = await check([`${host}/app:1`, '--secret=good', '--exit-code']);
  assert.equal(code, 1);
  assert.equal(err, 'error: You must be logged in to the server (Unauthorized)\n');
});

test('an image that nothing of the cluster is wanted for can be checked without one', async (t) => {
  const { check } = await world(t);
  const open = await openRegistry(t);
  const typed = await check([`${open}/app:1`, ...away]);
  assert.deepEqual([typed.code, typed.err], [0, '']);
  assert.equal((await check(['-f', '-', ...away], JSON.stringify(deployment(`${open}/app:1`)))).code, 0);
});

test('what one may not read is an answer', async (t) => {
  const { api, host, check } = await world(t);
  api.refuse('GET', /secrets/, 403, 'Forbidden', 'secrets "good" is forbidden: User "dev" cannot get resource "secrets"');
  assert.equal((await check([`${host}/app:1`, '--secret=good', '--exit-code'])).code, 0);
});
