import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { connect } from '../../src/cluster/connect.ts';
import { type FollowOptions, follow } from '../../src/playbook/follow.ts';
import { object, until, WatchServer } from './watch/server.ts';

type Seen = ReturnType<typeof object>;

async function following(t: TestContext, prepare: (server: WatchServer) => void = () => {}, options: FollowOptions<Seen> = {}) {
  const server = await new WatchServer().start();
  prepare(server);
  const over = new AbortController();
  const cluster = await connect({ server: server.url, kubeconfig: '/dev/null' }, { env: {}, stderr: () => {}, isTTY: false });
  const said: string[] = [];
  const running = follow<Seen>(
    cluster,
    '/api/v1/namespaces/shop/pods',
    {},
    over.signal,
    ({ metadata }) => said.push(`see ${metadata.name}`),
    {
      gone: ({ metadata }) => said.push(`gone ${metadata.name}`),
      stands: () => said.push('stands'),
      lost: () => said.push('lost'),
      ...options,
    },
  );
  t.after(async () => {
    over.abort();
    await running;
    cluster.close();
    await server.stop().catch(() => {});
  });
  return { server, said, over, running };
}

const watched = (server: WatchServer, count: number) => until(`${count} watches`, () => server.watchers.length === count);

test('what there is, then what changes, from the version of the list', async (t) => {
  const { server, said } = await following(t, (server) => server.items.push(object('a', 1)));
  await watched(server, 1);
  const [watcher] = server.watchers;
  assert.equal(watcher?.query.get('resourceVersion'), '1');
  assert.equal(watcher?.query.get('allowWatchBookmarks'), 'true');
  watcher?.send('MODIFIED', object('a', 2));
  watcher?.send('DELETED', object('a', 3));
  await until('gone', () => said.includes('gone a'));
  assert.deepEqual(said, ['see a', 'stands', 'see a', 'gone a']);
});

test('a watch that the server ends is gone on with from the last bookmark, without another list', async (t) => {
  const { server, said } = await following(t);
  await watched(server, 1);
  server.watchers[0]?.send('BOOKMARK', { metadata: { resourceVersion: '77' } });
  server.watchers[0]?.end();
  await watched(server, 2);
  assert.equal(server.watchers[1]?.query.get('resourceVersion'), '77');
  assert.equal(server.lists.length, 1);
  assert.deepEqual(said, ['stands']);
});

test('an expired version means another list, whether it comes as a line of the watch or as its status', async (t) => {
  const { server, said } = await following(t);
  await watched(server, 1);
  server.watchers[0]?.send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
  await watched(server, 2);
  assert.equal(server.lists.length, 2);
  server.refusals.push({ kind: 'watch', code: 410 });
  server.watchers[1]?.end();
  await watched(server, 3);
  assert.equal(server.lists.length, 3);
  assert.deepEqual(said, ['stands', 'stands', 'stands']);
});

test('a server that goes away is told, and listed anew when it is back', async (t) => {
  const { server, said } = await following(t);
  await watched(server, 1);
  await server.stop();
  await until('lost', () => said.includes('lost'));
  server.items.push(object('made meanwhile', 9));
  await server.start();
  await watched(server, 2);
  assert.deepEqual(said.slice(-2), ['see made meanwhile', 'stands']);
});

test('a server that is busy is asked again when it says', async (t) => {
  const { server } = await following(t, ({ refusals }) => refusals.push({ kind: 'watch', code: 429, headers: { 'retry-after': '1' } }));
  const begun = performance.now();
  await watched(server, 1);
  assert.ok(performance.now() - begun > 900);
  assert.equal(server.lists.length, 1);
});

test('a server that comes up and refuses for a moment is no right that is lacking', async (t) => {
  const { server, said } = await following(t);
  await watched(server, 1);
  await server.stop();
  server.refusals.push({ kind: 'list', code: 403 });
  await server.start();
  await watched(server, 2);
  assert.ok(said.includes('lost'));
  assert.equal(said.at(-1), 'stands');
});

test('who may list but not watch is served by lists', async (t) => {
  const { said } = await following(
    t,
    (server) => {
      for (let i = 0; i < 3; i++) server.refusals.push({ kind: 'watch', code: 403 });
      server.items.push(object('a', 1));
    },
    { pollMilliseconds: 20 },
  );
  await until('three lists', () => said.filter((word) => word === 'see a').length >= 3);
  assert.ok(!said.includes('lost'));
});

test('of a large collection only changes are read', async (t) => {
  const { server, said } = await following(t, (server) => server.items.push(object('a', 1)), { changesOnly: true });
  await watched(server, 1);
  assert.equal(server.lists[0]?.get('limit'), '1');
  assert.deepEqual(said, ['stands']);
});
