import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharingTransport } from '../../src/registry/sharing-transport.ts';
import type { Outgoing, Reply, Transport } from '../../src/registry/transport.ts';

/** A transport that counts, behind one that shares; the clock stands still until it is moved. */
function world(status = 200, body = '') {
  let sent = 0;
  let time = 0;
  const counting: Transport = {
    send: async (): Promise<Reply> => {
      sent += 1;
      return { answer: { status, headers: {}, body: Buffer.from(body), truncated: false }, milliseconds: 1 };
    },
    close: () => {},
  };
  const transport = sharingTransport(counting, () => time);
  const ask = (path: string, over: Partial<Outgoing> = {}) =>
    transport.send({ method: 'GET', url: new URL(`https://registry.example.com/${path}`), headers: {}, bodyLimit: 10, ...over });
  return { ask, sent: () => sent, wait: (milliseconds: number) => (time += milliseconds) };
}

test('a request that is like one before gets its answer, also while that is under way', async () => {
  const { ask, sent } = world();
  await Promise.all([ask('token'), ask('token'), ask('tags')]);
  await ask('token');
  assert.equal(sent(), 2);
});

test('another login, method or standing is another request', async () => {
  const { ask, sent } = world();
  await ask('a');
  await ask('a', { headers: { authorization: 'Bearer x' } });
  await ask('a', { headers: { authorization: 'Bearer y' } });
  await ask('a', { method: 'HEAD' });
  await ask('a', { namedBy: 'other.example.com' });
  assert.equal(sent(), 5);
});

test('an answer is not used for longer than a token lives', async () => {
  const { ask, sent, wait } = world();
  await ask('token');
  wait(29_000);
  await ask('token');
  assert.equal(sent(), 1);
  wait(2000);
  await ask('token');
  assert.equal(sent(), 2);
});

test('what failed is tried again, and what is long is not kept', async () => {
  for (const { ask, sent } of [world(503), world(200, 'x'.repeat(2 * 1024 * 1024))]) {
    await ask('a');
    await ask('a');
    assert.equal(sent(), 2);
  }
});
