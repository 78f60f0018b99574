import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inGoWords } from '../../../src/cluster/transport/go-words.ts';

const failed = (fields: object) => Object.assign(new Error('raw text of Node\n    at somewhere'), fields);

test('errors of the network in the words of Go', () => {
  const cases: readonly (readonly [error: object, kind: string, text: string])[] = [
    [{ code: 'ENOTFOUND', hostname: 'api' }, 'unreachable', 'dial tcp: lookup api: no such host'],
    [{ code: 'ECONNREFUSED', address: '::1', port: 6443 }, 'unreachable', 'dial tcp [::1]:6443: connect: connection refused'],
    [{ code: 'EHOSTUNREACH', address: '10.0.0.1', port: 443 }, 'unreachable', 'dial tcp 10.0.0.1:443: connect: no route to host'],
    [{ code: 'ENETUNREACH', address: '10.0.0.1', port: 443 }, 'unreachable', 'dial tcp 10.0.0.1:443: connect: network is unreachable'],
    [
      { code: 'ETIMEDOUT', syscall: 'connect', address: '10.0.0.1', port: 443 },
      'timeout',
      'dial tcp 10.0.0.1:443: connect: connection timed out',
    ],
    [{ code: 'ECONNRESET', message: 'socket hang up' }, 'unreachable', 'EOF'],
    [{ code: 'ECONNRESET' }, 'unreachable', 'read: connection reset by peer'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'failed', 'http: server gave HTTP response to HTTPS client'],
    [{ code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }, 'failed', 'remote error: tls: unknown certificate authority'],
    [{ code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE' }, 'failed', 'remote error: tls: bad certificate'],
    [{ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }, 'failed', 'remote error: tls: certificate required'],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'failed', 'tls: failed to verify certificate: x509: certificate signed by unknown authority'],
    [{ code: 'SOMETHING_NEW' }, 'failed', 'raw text of Node'],
  ];
  for (const [fields, kind, text] of cases) {
    const error = inGoWords(failed(fields));
    assert.deepEqual([error.kind, error.message], [kind, text]);
  }
});

test('of several addresses the first one counts', () => {
  const errors = [
    failed({ code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 }),
    failed({ code: 'ENETUNREACH', address: '::1', port: 1 }),
  ];
  assert.equal(inGoWords(new AggregateError(errors)).message, 'dial tcp 127.0.0.1:1: connect: connection refused');
});

test('names in a certificate', () => {
  const wrongName = (host: string, subjectaltname: string) =>
    inGoWords(failed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', host, cert: { subjectaltname } })).message.replace(/^.*x509: /, '');
  assert.equal(wrongName('a', 'DNS:b, IP Address:10.0.0.1'), 'certificate is valid for b, not a');
  assert.equal(wrongName('10.0.0.2', 'DNS:b, IP Address:10.0.0.1'), 'certificate is valid for 10.0.0.1, not 10.0.0.2');
  assert.equal(wrongName('10.0.0.2', 'DNS:b'), "cannot validate certificate for 10.0.0.2 because it doesn't contain any IP SANs");
  assert.equal(wrongName('a', 'IP Address:10.0.0.1'), 'certificate is not valid for any names, but wanted to match a');
});
