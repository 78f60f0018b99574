import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { deployment, world } from './world.ts';

test('an image by name, with the secrets of the default service account', async (t) => {
  const { host, check } = await world(t);
  const { code, out } = await check([`${host}/app:1`, '--no-headers']);
  assert.equal(code, 0);
  assert.match(out, new RegExp(`^${host}/app:1 +ok +ci +ci can read the image`));
});

test('one that fails has its cause, and exit code 3 where that is wanted', async (t) => {
  const { host, check } = await world(t);
  const { code, out } = await check([`${host}/app:1`, `${host}/app:2`, '--secret=bad', '--exit-code', '-ojson']);
  assert.equal(code, 3);
  const list = JSON.parse(out);
  assert.deepEqual(
    list.items.map(({ result, cause }: { result: string; cause: { code: string; confidence: string } }) => [
      result,
      cause.code,
      cause.confidence,
    ]),
    [
      ['problem', 'auth-rejected', 'certain'],
      ['problem', 'auth-rejected', 'certain'],
    ],
  );
  assert.deepEqual(list.items[0].replay[0].credential, { secret: 'bad', key: host, user: 'ci' });
  const schema = JSON.parse(await readFile(new URL('../../../docs/check.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  assert.equal(validate(list), true, JSON.stringify(validate.errors));
  assert.ok(!out.includes('wrong'), 'no password in the output');
  assert.match(list.items[0].finding, /ci \(secret bad\) is (?:logged in|refused)/, 'the row of the pull secrets is not beside it');
});

test('manifests: the Secrets in them count, the same question is asked once', async (t) => {
  const { host, secret, seen, check } = await world(t);
  const own = {
    ...secret('own', ''),
    data: undefined,
    stringData: { '.dockerconfigjson': JSON.stringify({ auths: { [host]: { username: 'ci', password: 'good' } } }) },
  };
  const list = { kind: 'List', items: [own, deployment(`${host}/app:1`, { imagePullSecrets: [{ name: 'own' }] })] };
  const documents = [list, deployment(`${host}/app:2`), { ...deployment(`${host}/app:2`), metadata: { name: 'api' } }];
  const { code, out, err } = await check(
    ['-f', '-', '-owide', '--no-headers'],
    documents.map((one) => JSON.stringify(one)).join('\n---\n'),
  );
  assert.equal(code, 0, err);
  assert.match(out, new RegExp(`${host}/app:1 +ok +ci +shop +Deployment/web app`));
  assert.match(
    out,
    /app:2 +problem +- +shop +Deployment\/web app +manifest-not-found +certain +- +.*its only tag is 1, not 2; nearest: 1\n +Deployment\/api app/,
  );
  assert.equal(
    seen.filter(({ method, url }) => method === 'HEAD' && url.endsWith('/manifests/2')).length,
    2,
    'once without, once with the login',
  );
});

test('what may not be read is unknown, not wrong', async (t) => {
  const { api, host, check } = await world(t);
  api.refusals.push({
    method: 'GET',
    path: /secrets/,
    code: 403,
    reason: 'Forbidden',
    message: 'secrets "good" is forbidden: User "dev" cannot get resource "secrets"',
  });
  const { out } = await check([`${host}/app:1`, '--no-headers']);
  assert.match(out, /app:1 +unknown +- +good is not readable: you may not get secrets in namespace shop/);
});

test('an account that may not be read may have what is wanted', async (t) => {
  const { api, host, check } = await world(t);
  api.refuse(
    'GET',
    /serviceaccounts/,
    403,
    'Forbidden',
    'serviceaccounts "default" is forbidden: User "dev" cannot get resource "serviceaccounts"',
  );
  const { out } = await check([`${host}/app:1`, '--no-headers']);
  assert.match(out, /app:1 +unknown +- +service account default: .*wants credentials/);
});

test('bad input is one line', async (t) => {
  const { folder, check } = await world(t);
  const bad = join(folder, 'bad.yaml');
  await writeFile(bad, 'a: [1');
  assert.match((await check(['-f', bad])).err, /^error: error parsing .*bad\.yaml: .+\n$/);
  assert.match((await check(['-f', join(folder, 'none.yaml')])).err, /^error: the path ".*none\.yaml" does not exist\n$/);
  assert.equal((await check(['-f', '-'], '{"kind":"ConfigMap"}')).err, 'error: no images found in the manifests passed to check\n');
  assert.match((await check(['a:1', '--node', 'nosuch'])).err, /^Error from server \(NotFound\): .*nosuch.*\n$/);
});
