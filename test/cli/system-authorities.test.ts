import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { authoritiesFolder, authoritiesVariable } from '../../src/cli/system-authorities.ts';

test('a system without a folder of authorities has none; what the user set, and a folder that is there, stay', () => {
  const isThere = (folder: string) => folder === authoritiesFolder;
  assert.equal(
    authoritiesVariable(undefined, () => false),
    '',
  );
  assert.equal(authoritiesVariable(undefined, isThere), undefined);
  assert.equal(
    authoritiesVariable('/own', () => false),
    '/own',
  );
  assert.equal(authoritiesVariable('', isThere), '');
});

test('Node is silent about an empty SSL_CERT_DIR, and not about a folder that is missing', () => {
  const stderr = (folder: string) => {
    const env = { ...process.env, SSL_CERT_DIR: folder, NODE_EXTRA_CA_CERTS: '' };
    return spawnSync(process.execPath, ['-e', "require('node:tls').getCACertificates('system')"], { env, encoding: 'utf8' }).stderr;
  };
  assert.equal(stderr(''), '');
  if (process.platform === 'linux') assert.match(stderr('/nonexistent/authorities'), /Cannot open directory/);
});
