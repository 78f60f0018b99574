import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../../src/cluster/errors.ts';
import { loopback } from '../loopback.ts';
import { kubeconfig, workspace } from '../workspace.ts';

test('a password in an address is never shown', async (t) => {
  const { connect, write } = workspace(t);
  const shown = async (cluster: Record<string, unknown>) => {
    try {
      const connected = await connect({ kubeconfig: write('config', kubeconfig(cluster, { token: 't' })) });
      await connected.get('/version').catch((error: unknown) => assert.doesNotMatch(describeError(error), /hunter2/));
      return connected.server;
    } catch (error) {
      return describeError(error);
    }
  };
  for (const cluster of [
    { server: 'https://me:hunter2@127.0.0.1:1' },
    { server: 'ht!tp://me:hunter2@x' },
    { server: 'https://127.0.0.1:1', 'proxy-url': 'ftp://me:hunter2@x' },
    { server: 'https://example.test', 'proxy-url': 'http://me:hunter2@127.0.0.1:1' },
  ]) {
    assert.doesNotMatch(await shown(cluster), /hunter2/, cluster.server);
  }
});

test('a token that cannot stand in a header is one line without the token', async (t) => {
  const { connect, write } = workspace(t);
  for (const http2 of [true, false]) {
    await using server = await loopback(undefined, { http2 });
    const cluster = await connect({ kubeconfig: write('config', kubeconfig({ server: server.url }, { token: 'hunter2\nX-Evil: 1' })) });
    await assert.rejects(cluster.get('/version'), (error) => {
      assert.equal(describeError(error), 'Unable to connect to the server: net/http: invalid header field value for "Authorization"');
      return true;
    });
    assert.equal(server.requests.length, 0);
  }
});
