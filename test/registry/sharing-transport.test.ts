import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

test('an answer that may not be used any more is not kept', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let time = 0;
  const bodies: WeakRef<Buffer>[] = [];
  const send = async (): Promise<Reply> => {
    const body = Buffer.alloc(1000);
    bodies.push(new WeakRef(body));
    return { answer: { status: 200, headers: {}, body, truncated: false }, milliseconds: 1 };
  };
  const transport = sharingTransport({ send, close: () => {} }, () => time);
  for (let index = 0; index < 20; index++) {
    await transport.send({ method: 'GET', url: new URL(`https://registry.example.com/${index}`), headers: {}, bodyLimit: 10 });
    time += 10_000;
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
  collect();
  const kept = bodies.filter((body) => body.deref() !== undefined).length;
  assert.ok(kept <= 4, `${kept} of 20 are kept`);
});
