import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyFault } from '../../src/registry/connection-fault.ts';

test('faults are named by their layer', () => {
  const named = (error: unknown, phase: 'dns' | 'connect' | 'tls' | 'http', viaProxy = false) => {
    const { layer, code } = classifyFault(error, phase, viaProxy);
    return `${layer}/${code}`;
  };
  assert.equal(named({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'dns'), 'dns/not-found');
  assert.equal(named({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'dns'), 'dns/timeout');
  assert.equal(named({ code: '', errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, 'connect'), 'connect/refused');
  assert.equal(named({ code: 'EHOSTUNREACH' }, 'connect'), 'connect/no-route');
  assert.equal(named({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'tls'), 'tls/unknown-authority');
  assert.equal(named({ code: 'CERT_NOT_YET_VALID' }, 'tls'), 'tls/expired');
  assert.equal(named({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls'), 'tls/handshake');
  assert.equal(named({ code: 'ECONNRESET' }, 'tls'), 'tls/reset');
  assert.equal(named({ code: 'ECONNRESET' }, 'http'), 'http/reset');
  assert.equal(named({ code: 'ECONNREFUSED' }, 'connect', true), 'proxy/refused');
  assert.equal(named({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'connect', true), 'tls/unknown-authority');
  assert.equal(named({ code: 'HPE_INVALID_CONSTANT' }, 'http'), 'http/bad-response');
});

test('the words are those of the network, without what Node advises and where OpenSSL stands', () => {
  const words = (message: string, code: string) => classifyFault({ code, message }, 'tls', false).message;
  assert.equal(
    words(
      'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ),
    'unable to verify the first certificate; --registry-ca names a file of authorities to trust',
  );
  assert.equal(
    words(
      'write EPROTO 40230D7E7F7F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/openssl/ssl/record/methods/tlsany_meth.c:77:\n',
      'EPROTO',
    ),
    'wrong version number',
  );
});
