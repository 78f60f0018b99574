import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployment, world } from './world.ts';

const yaml = (...objects: object[]) => objects.map((one) => JSON.stringify(one)).join('\n---\n');
const named = (name: string, image: string, secret: string) => ({
  ...deployment(image, { imagePullSecrets: [{ name: secret }] }),
  metadata: { name },
});

test('rows that say the same are one; rows of one image that do not are told apart by who uses it', async (t) => {
  const { host, secret, api, check } = await world(t);
  api.put('/api/v1/namespaces/shop/secrets', secret('twin', 'good'));
  const input = yaml(named('a', `${host}/app:1`, 'good'), named('b', `${host}/app:1`, 'good'), named('c', `${host}/app:1`, 'bad'));
  const { out } = await check(['-f', '-', '-owide', '--no-headers'], input);
  assert.match(out, / ok +ci +shop +Deployment\/a app .*\n +Deployment\/b app\n/);
  assert.match(out, / problem +- +shop +Deployment\/c app +auth-rejected +certain /);
  assert.match(out, /Replay of \S+ for Deployment\/a app from /);
  assert.match(out, /Replay of \S+ for Deployment\/c app from /);
});

test('how sure a cause is stands beside it; in a narrow terminal the finding stands below the image', async (t) => {
  const { host, check } = await world(t);
  const wide = await check([`${host}/app:2`, '--no-headers']);
  assert.match(wide.out, / manifest-not-found \(certain\): /);
  const { out } = await check([`${host}/app:2`], '', 60);
  assert.match(
    out,
    new RegExp(`^RESULT +IMAGE\n(?:\\S*)problem\\S* +${host}/app:2\n {10}manifest-not-found \\(certain\\): ci may read the\n`),
  );
  assert.ok(
    out.split('\n').every((line) => line.length <= 70),
    out,
  );
});

test('names are those of the objects with a problem, as kubectl writes them', async (t) => {
  const { host, check } = await world(t);
  const input = yaml(named('a', `${host}/app:1`, 'good'), named('b', `${host}/app:2`, 'good'), {
    ...named('c', `${host}/app:2`, 'good'),
    apiVersion: 'argoproj.io/v1',
    kind: 'Rollout',
  });
  const { out } = await check([`${host}/app:3`, '-f', '-', '-oname'], input);
  assert.equal(out, `${host}/app:3\ndeployment.apps/b\nrollout.argoproj.io/c\n`);
});

test('markdown: problems first, the answers behind a fold', async (t) => {
  const { host, check } = await world(t);
  const { out } = await check([`${host}/app:1`, `${host}/app:2`, '-omarkdown']);
  assert.match(
    out,
    /^### 2 images: 1 problem, 1 ok\n\n\| result \| image \| used by \| as \| finding \|\n\| --- .*\n\| \*\*problem\*\* \| `\S+app:2` /,
  );
  assert.match(
    out,
    /<details><summary>What the registries said<\/summary>[\s\S]*\| secret \| key \| user \| token \| manifest \| result \|[\s\S]*<\/details>\n$/,
  );
});

test('what may have been meant is proposed once its registry has it', async (t) => {
  const { host, check } = await world(t);
  const { out } = await check([`${host}/library/app:1`, '--no-headers', '-ojson']);
  const [item] = JSON.parse(out).items;
  assert.deepEqual(item.proposals, [{ reference: `${host}/app:1`, why: 'library', verified: true }]);
  assert.match(item.finding, new RegExp(`did you mean ${host}/app:1\\?`));
});

test('images of one repository: each its own question, and one list of tags for all', async (t) => {
  const { host, seen, check } = await world(t);
  const missing = Array.from({ length: 10 }, (_, i) => `${host}/app:x${i}`);
  const { out } = await check([...missing, ...missing, '--no-headers']);
  assert.equal(out.trim().split('\n').length, 10);
  assert.equal(seen.filter(({ url }) => url.includes('/tags/')).length, 1);
  assert.equal(seen.filter(({ url }) => url.includes('/v2/app/manifests/x')).length, 20, 'once without, once with the login');
  assert.equal(seen.filter(({ url }) => url.includes('/manifests/sha256:')).length, 1, 'a digest that cannot exist');
});
