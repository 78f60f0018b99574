import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor } from '../../../src/cluster/transport/proxy.ts';

const used = (server: string, env: Record<string, string>, proxyUrl = '') => proxyFor(new URL(server), proxyUrl, env)?.host ?? null;

test('the proxy of the environment is the one for the scheme, upper case first', () => {
  assert.equal(used('https://api.example.com', { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:1' }), 'a:1');
  assert.equal(used('https://api.example.com', { https_proxy: 'b:1' }), 'b:1');
  assert.equal(used('http://api.example.com', { HTTPS_PROXY: 'http://a:1' }), null);
  assert.equal(used('http://api.example.com', { HTTP_PROXY: 'http://a:1' }), 'a:1');
  assert.equal(used('http://api.example.com', { HTTP_PROXY: 'http://a:1', REQUEST_METHOD: 'GET' }), null);
});

test('proxy-url of the cluster is used for every server and needs no environment', () => {
  assert.equal(used('https://127.0.0.1', { NO_PROXY: '*' }, 'socks5://p:1080'), 'p:1080');
});

test('loopback never goes through a proxy of the environment', () => {
  for (const server of ['https://localhost:6443', 'https://127.0.0.1:6443', 'https://127.8.8.8', 'https://[::1]:6443']) {
    assert.equal(used(server, { HTTPS_PROXY: 'http://a:1' }), null, server);
  }
});

// golang.org/x/net/http/httpproxy/proxy.go
const exemptions: readonly (readonly [noProxy: string, server: string, exempt: boolean])[] = [
  ['*', 'https://api.example.com', true],
  ['example.com', 'https://example.com', true],
  ['example.com', 'https://api.example.com', true],
  ['example.com', 'https://myexample.com', false],
  ['.example.com', 'https://api.example.com', true],
  ['.example.com', 'https://example.com', false],
  ['*.example.com', 'https://api.example.com', true],
  ['EXAMPLE.com', 'https://api.example.com', true],
  ['example.com:443', 'https://api.example.com', true],
  ['example.com:6443', 'https://api.example.com', false],
  ['10.0.0.0/8', 'https://10.1.2.3:6443', true],
  ['10.0.0.0/8', 'https://11.1.2.3:6443', false],
  ['fd00::/8', 'https://[fd00::1]:6443', true],
  ['10.1.2.3', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:6443', 'https://10.1.2.3:6443', true],
  ['10.1.2.3:443', 'https://10.1.2.3:6443', false],
  ['fd00::1', 'https://[fd00::1]:6443', true],
  ['[fd00::1]:6443', 'https://[fd00::1]:6443', true],
  [' a.com , b.com ', 'https://b.com', true],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['', 'https://b.com', false],
];

for (const [noProxy, server, exempt] of exemptions) {
  test(`NO_PROXY=${JSON.stringify(noProxy)} ${exempt ? 'exempts' : 'does not exempt'} ${server}`, () => {
    assert.equal(used(server, { HTTPS_PROXY: 'http://a:1', NO_PROXY: noProxy }), exempt ? null : 'a:1');
  });
}
