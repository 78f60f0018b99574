import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, ConnectionError } from '../../src/cluster/cluster.ts';
import { describeError, toObstacle } from '../../src/cluster/errors.ts';
import { apiErrorOf } from '../../src/cluster/status.ts';

test('describeError: the lines that kubectl prints', () => {
  const lines: readonly (readonly [error: unknown, line: string])[] = [
    [new ApiError(404, 'NotFound', 'pods "x" not found'), 'Error from server (NotFound): pods "x" not found'],
    [new ApiError(401, 'Unauthorized', 'Unauthorized'), 'error: You must be logged in to the server (Unauthorized)'],
    [new ApiError(500, null, 'boom'), 'Error from server: boom'],
    [
      new ApiError(422, 'Invalid', 'Pod "x" is invalid: spec.containers: Required value'),
      'The Pod "x" is invalid: spec.containers: Required value',
    ],
    [new ConnectionError('unreachable', 'Unable to connect to the server: EOF'), 'Unable to connect to the server: EOF'],
    [new Error('first\n    at somewhere'), 'error: first'],
    [new Error('error: once'), 'error: once'],
    ['text', 'error: text'],
  ];
  for (const [error, line] of lines) assert.equal(describeError(error), line);
});

test('toObstacle: a right that is lacking is named, a refusal by policy is not one', () => {
  const rbac = 'secrets "x" is forbidden: User "bob" cannot get resource "secrets" in API group "" in the namespace "shop"';
  assert.deepEqual(toObstacle(new ApiError(403, 'Forbidden', rbac), 'get secrets in namespace shop'), {
    kind: 'forbidden',
    message: `Error from server (Forbidden): ${rbac}`,
    permission: 'get secrets in namespace shop',
  });
  const policy = 'pods "probe" is forbidden: violates PodSecurity "restricted:latest": host probes';
  assert.deepEqual(toObstacle(new ApiError(403, 'Forbidden', policy), 'create pods in namespace shop'), {
    kind: 'refused',
    message: `Error from server (Forbidden): ${policy}`,
  });
});

test('toObstacle: kinds', () => {
  const kinds: readonly (readonly [error: unknown, kind: string])[] = [
    [new ApiError(404, 'NotFound', 'x'), 'not-found'],
    [new ApiError(401, 'Unauthorized', 'x'), 'refused'],
    [new ApiError(504, 'Timeout', 'x'), 'timeout'],
    [new ApiError(500, 'InternalError', 'x'), 'failed'],
    [new ConnectionError('timeout', 'x'), 'timeout'],
    [new ConnectionError('unreachable', 'x'), 'unreachable'],
    [new TypeError('x'), 'failed'],
  ];
  for (const [error, kind] of kinds) assert.equal(toObstacle(error, 'get pods').kind, kind);
});

test('apiErrorOf: a Status is believed, anything else gets the words of its code', () => {
  const status = JSON.stringify({ kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' });
  assert.deepEqual(apiErrorOf(403, status), new ApiError(403, 'Forbidden', 'no'));
  assert.deepEqual(
    apiErrorOf(503, '<html>'),
    new ApiError(503, 'ServiceUnavailable', 'the server is currently unable to handle the request'),
  );
  assert.equal(apiErrorOf(418, '').message, 'the server responded with the status code 418 but did not return more information');
  assert.equal(apiErrorOf(500, '{"kind":"Status","message":7}').message, 'unknown');
});
