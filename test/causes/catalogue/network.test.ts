import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { CauseCode } from '../../../src/values/cause-code.ts';
import { container, imageSpec, richView, view } from '../view-builder.ts';

test('an image of localhost is called absent only where the node does not have it', () => {
  const image = 'localhost/tool:1';
  const spec = imageSpec({ image, reference: { registry: 'localhost', repository: 'tool', tag: '1', digest: null } });
  const said = (imagesPresent: readonly string[]) => {
    const rich = richView();
    const node = rich.node && { ...rich.node, imagesPresent };
    return catalogue['connect-refused'].explanation(richView({ container: container({ image }), spec, node }));
  };
  assert.match(said([]), /does not have this one/);
  assert.doesNotMatch(said([image]), /does not have this one/);
});

const said = (code: CauseCode, message: string, host = 'registry.example.com') => {
  const image = `${host}/payment:v2.1.3`;
  const spec = imageSpec({ image, reference: { registry: host, repository: 'payment', tag: 'v2.1.3', digest: null } });
  const subject = view({ spec, container: container({ image }), reading: read(message, image) });
  return { says: catalogue[code].explanation(subject), fixes: catalogue[code].fixes(subject).map(({ title }) => title) };
};
const get = (url: string, why: string) => `failed to copy: httpReadSeeker: failed open: failed to do request: Get "${url}": ${why}`;
const token = (why: string) => `failed to authorize: failed to fetch anonymous token: Get "https://auth.example.net/token?scope=x": ${why}`;

test('another host than that of the image is not corrected in the name of the image, but where the registry leads there', () => {
  for (const [code, why] of [
    ['dns-failure', 'dial tcp: lookup storage.example.net on 10.0.0.2:53: no such host'],
    ['connect-refused', 'dial tcp 10.0.0.9:443: connect: connection refused'],
    ['tls-name-mismatch', 'tls: failed to verify certificate: x509: certificate is valid for a.example, not storage.example.net'],
  ] as const) {
    const blob = said(code, get('https://storage.example.net/b?sig=x', why)).fixes;
    assert.doesNotMatch(blob.join('; '), /image name|misspelt/, code);
    assert.match(blob.join('; '), /registry\.example\.com leads its clients to storage\.example\.net for what it stores/, code);
    assert.match(
      said(code, token(why.replace(/storage/g, 'auth'))).fixes.join('; '),
      /leads its clients to auth\.example\.net for a token/,
      code,
    );
    const own = said(
      code,
      get('https://registry.example.com/v2/payment/manifests/v2.1.3', why.replace(/storage.example.net/g, 'registry.example.com')),
    );
    assert.doesNotMatch(own.fixes.join('; '), /leads its clients/, code);
  }
});

test('how far a connection came before the time was over is told as far as the words tell it', () => {
  const head = (why: string) => `failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": ${why}`;
  const shook = said('connect-timeout', head('net/http: TLS handshake timeout'));
  assert.match(shook.says, /opened a connection to registry\.example\.com, which then did not answer the TLS handshake in time/);
  assert.doesNotMatch(shook.fixes[0] ?? '', /firewall, security group/);
  assert.match(shook.fixes.join('; '), /MTU/);
  const dropped = said('connect-timeout', head('dial tcp 10.0.0.9:443: i/o timeout'));
  assert.match(dropped.fixes[0] ?? '', /firewall, security group/);
});

test('a token server or storage that does not answer is tried for what it serves, not for a registry', () => {
  const commands = (message: string) => {
    const image = 'registry.example.com/payment:v2.1.3';
    const spec = imageSpec({ image, reference: { registry: 'registry.example.com', repository: 'payment', tag: 'v2.1.3', digest: null } });
    const rich = richView({ spec, container: container({ image }), reading: read(message, image) });
    return catalogue['connect-timeout']
      .fixes(rich)
      .flatMap(({ title, commands }) => [title, ...commands])
      .join('\n');
  };
  const timeout = 'dial tcp 10.0.0.9:443: i/o timeout';
  assert.match(commands(token(timeout)), /try auth\.example\.net from the node.*\n.*https:\/\/auth\.example\.net\/token$/m);
  assert.match(commands(get('https://storage.example.net/b/1?sig=x', timeout)), /https:\/\/storage\.example\.net\/b\/1$/m);
  const own = commands(get('https://registry.example.com/v2/payment/manifests/v2.1.3', timeout));
  assert.match(own, /try the registry from the node.*\n.*https:\/\/registry\.example\.com\/v2\/$/m);
});

test('that there is no route is said only where the kernel has none; else it may be a host that does not answer', () => {
  const head = 'failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": dial tcp 10.0.0.9:443: connect: ';
  const none = said('no-route', `${head}network is unreachable`);
  assert.match(none.says, /has no route to registry\.example\.com\./);
  assert.match(none.fixes[0] ?? '', /^give .* a route/);
  const silent = said('no-route', `${head}no route to host`);
  assert.doesNotMatch(silent.says, /has no route/);
  assert.match(silent.says, /cannot deliver to registry\.example\.com\..*does not answer ARP/);
  assert.doesNotMatch(silent.fixes[0] ?? '', /^give/);
  const image = 'registry.example.com/payment:v2.1.3';
  const onNode = richView({ container: container({ image }), reading: read(`${head}no route to host`, image) });
  const commands = catalogue['no-route'].fixes(onNode).flatMap((fix) => fix.commands);
  assert.match(commands.join(), /ip route get 10\.0\.0\.9; ip neigh show 10\.0\.0\.9/);
});

test('where the registry fails, it is asked for the manifest: faults often spare /v2/', () => {
  const image = 'registry.example.com/payment:v2.1.3';
  const spec = imageSpec({ image, reference: { registry: 'registry.example.com', repository: 'payment', tag: 'v2.1.3', digest: null } });
  const url = 'https://registry.example.com/v2/payment/manifests/v2.1.3';
  const commands = (code: CauseCode, message: string) =>
    catalogue[code]
      .fixes(richView({ spec, container: container({ image }), reading: read(message, image) }))
      .flatMap((fix) => fix.commands)
      .join('\n');
  const head = `failed to do request: Head "${url}": `;
  assert.match(
    commands('registry-unavailable', 'unexpected status from HEAD request: 502 Bad Gateway'),
    new RegExp(`curl -sSi ${url}$`, 'm'),
  );
  assert.match(commands('registry-bad-response', 'unexpected media type text/html'), new RegExp(`curl -sSi ${url}$`, 'm'));
  assert.match(commands('connect-timeout', `${head}net/http: timeout awaiting response headers`), new RegExp(`wget .*${url}$`, 'm'));
});

test('what is no registry is not called one where it is to be started', () => {
  const refused = 'dial tcp 10.0.0.9:443: connect: connection refused';
  const first = (message: string) => said('connect-refused', message).fixes[0];
  assert.match(
    first(get('https://storage.example.net/b?sig=x', refused)) ?? '',
    /^start what serves, or .* at storage\.example\.net, port 443$/,
  );
  assert.match(first(get('https://registry.example.com/v2/payment/manifests/v2.1.3', refused)) ?? '', /^start the registry, /);
});

test('a registry at localhost is told to be the node itself', () => {
  for (const host of ['localhost:5000', '127.0.0.1:5000', '[::1]:5000']) {
    const own = said(
      'connect-refused',
      `failed to do request: Head "https://${host}/v2/payment/manifests/v2.1.3": dial tcp 127.0.0.1:5000: connect: connection refused`,
      host,
    );
    assert.match(own.says, /is on each machine that machine itself, here the node/, host);
    assert.match(own.fixes[0] ?? '', /by which the nodes reach it/, host);
  }
});

test('what speaks neither TLS nor HTTP is another program, and no matter of versions or client certificates', () => {
  const head = 'failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": ';
  const ssh = said('tls-handshake-failed', `${head}tls: first record does not look like a TLS handshake`);
  assert.match(ssh.says, /another program listens there/);
  assert.match(ssh.fixes[0] ?? '', /port in the image name/);
  assert.doesNotMatch(ssh.fixes.join('; '), /client certificate|TLS 1\.2/);
  const old = said('tls-handshake-failed', `${head}remote error: tls: handshake failure`);
  assert.match(old.fixes.join('; '), /client certificate.*TLS 1\.2/);
});

test('a certificate without addresses is told of a registry that is named by one', () => {
  const why = "tls: failed to verify certificate: x509: cannot validate certificate for 10.99.0.1 because it doesn't contain any IP SANs";
  const address = said(
    'tls-name-mismatch',
    `failed to do request: Head "https://10.99.0.1:5000/v2/payment/manifests/v2.1.3": ${why}`,
    '10.99.0.1:5000',
  );
  assert.match(address.says, /names its registry by the address 10\.99\.0\.1:5000.* holds no address, only names/);
  assert.doesNotMatch(address.says, /misspelt/);
  assert.match(address.fixes.join('; '), /^write the image with a name of the certificate; .*this address among/);
});
