import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLine } from '../../../src/cli/status-line.ts';
import { attemptsOf, PoorerLook } from '../../../src/cli/watch/attempts.ts';
import { connectionOf, lostConnection } from '../../../src/cli/watch/connection.ts';
import { ApiError, ConnectionError } from '../../../src/cluster/cluster.ts';
import { fakeIo } from '../fake-io.ts';

function trying() {
  const io = fakeIo();
  const connection = connectionOf(statusLine(io), io);
  return { io, connection, attempts: attemptsOf(() => {}, connection) };
}
const down = new ConnectionError('unreachable', 'connect ECONNREFUSED');

test('a refusal is no lost connection, and so many in a row end the watch', () => {
  const { io, attempts } = trying();
  const refusal = new ApiError(403, 'Forbidden', 'pods is forbidden');
  for (let i = 0; i < 5; i++) attempts.failed(refusal);
  assert.equal(io.err(), 'warning: the API server refuses, retrying (Error from server (Forbidden): pods is forbidden)\n');
  assert.throws(() => attempts.failed(refusal), refusal);
});

test('refusals of a server that comes up are forgotten; pauses grow to ten seconds', () => {
  const { io, attempts } = trying();
  const pauses = Array.from({ length: 12 }, (_, i) => attempts.failed(i % 3 === 2 ? down : new ApiError(401, 'Unauthorized', 'no')));
  assert.deepEqual(pauses.slice(0, 6), [1000, 2000, 4000, 8000, 10_000, 10_000]);
  attempts.succeeded();
  assert.match(io.err(), /\nthe connection is back\n$/);
});

test('a look that finds less is said in its own words', () => {
  const { io, attempts } = trying();
  attempts.failed(new PoorerLook('some of what was read before cannot be read'));
  attempts.succeeded();
  assert.equal(io.err(), 'warning: some of what was read before cannot be read, retrying\neverything can be read again\n');
});

test('a fault of this program is thrown', () => {
  const fault = new TypeError('x is undefined');
  assert.throws(() => trying().attempts.failed(fault), fault);
});

test('the connection is not back as long as anybody lacks it', () => {
  const { io, attempts, connection } = trying();
  connection.lost('sources', lostConnection(down));
  attempts.failed(down);
  attempts.succeeded();
  attempts.succeeded();
  assert.equal(io.err(), 'warning: connection lost, retrying (connect ECONNREFUSED)\n');
  connection.back('sources');
  assert.equal(io.err(), 'warning: connection lost, retrying (connect ECONNREFUSED)\nthe connection is back\n');
});
