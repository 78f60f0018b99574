import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../../src/cluster/connect.ts';
import { followSources, type Source } from '../../../src/playbook/watch/sources.ts';
import { object, until, WatchServer } from './server.ts';

async function following(t: TestContext, more: Partial<Source> = {}, prepare: (server: WatchServer) => void = () => {}) {
  const server = await new WatchServer().start();
  prepare(server);
  const over = new AbortController();
  const cluster = await connect({ server: server.url, kubeconfig: '/dev/null' }, { env: {}, stderr: () => {}, isTTY: false });
  t.after(async () => {
    over.abort();
    cluster.close();
    await server.stop().catch(() => {});
  });
  const said = { changed: 0, words: [] as string[] };
  const sources = followSources(
    cluster,
    over.signal,
    {
      changed: () => void said.changed++,
      lost: () => void said.words.push('lost'),
      recovered: () => void said.words.push('recovered'),
    },
    20,
  );
  const signature = ({ metadata }: ReturnType<typeof object>) => metadata.resourceVersion ?? null;
  sources.use([{ path: '/api/v1/namespaces/shop/pods', query: {}, signature, ...more }]);
  return { server, said };
}

/** After some more lists. */
async function lists(server: WatchServer, more = 3): Promise<void> {
  const before = server.lists.length;
  await until('more lists', () => server.lists.length >= before + more);
}

test('where watching is not allowed, lists that show nothing new are no change', async (t) => {
  const { server, said } = await following(t, {}, (server) => {
    server.items = [object('a', 1), object('b', 1)];
    server.refusals.push({ kind: 'watch', code: 403 });
  });
  await lists(server);
  const before = said.changed;
  await lists(server);
  assert.equal(said.changed, before);
  server.items = [object('a', 2), object('b', 1)];
  await until('the change', () => said.changed === before + 1);
  server.items = [object('a', 2)];
  await until('the one that is gone', () => said.changed === before + 2);
  await lists(server);
  assert.deepEqual([said.changed, said.words], [before + 2, []]);
});

test('of a large collection, which is not listed in full, every list may hide a change', async (t) => {
  const { server, said } = await following(t, { changesOnly: true }, (server) => server.refusals.push({ kind: 'watch', code: 403 }));
  await lists(server);
  const before = said.changed;
  await lists(server);
  assert.ok(said.changed > before);
});

test('what went while nothing was heard is a change, also where it was spoken of since the list before', async (t) => {
  const { server, said } = await following(t, {}, (server) => {
    server.items = [object('a', 1)];
  });
  await until('a watch', () => server.watchers.length === 1);
  server.watchers[0]?.send('MODIFIED', object('a', 2));
  await until('the change', () => said.changed === 3);
  server.items = [];
  server.watchers[0]?.send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
  await until('that it is gone', () => said.changed === 4);
});

test('what goes while the connection is lost is a change, and the end of the loss is told', async (t) => {
  const { server, said } = await following(t, {}, (server) => {
    server.items = [object('a', 1)];
  });
  await until('a watch', () => server.watchers.length === 1);
  await server.stop();
  await until('the loss', () => said.words.includes('lost'));
  server.items = [];
  const before = said.changed;
  await server.start();
  await until('the end of it', () => said.words.includes('recovered'));
  await sleep(20);
  assert.ok(said.changed > before);
});
