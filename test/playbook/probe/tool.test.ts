import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { readLayers, toolScript } from '../../../src/playbook/probe/tool.ts';

const has = (program: string) => {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`]).length > 0;
  } catch {
    return false;
  }
};
/** A name of this machine that is not localhost, and leads to the loopback interface. */
let isOwnName = false;
const skip = ['sh', 'getent', 'openssl', 'curl'].every(has) ? false : 'needs sh, getent, openssl and curl';
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-tool-'));
  isOwnName = await lookup(hostname(), { family: 4 }).then(
    ({ address }) => address.startsWith('127.'),
    () => false,
  );
});
after(() => rmSync(folder, { recursive: true }));

/** Runs the very script of the probe pod here, its report into a file. */
async function report(host: string, port: number) {
  const target = { role: 'registry', scheme: 'https', host, port, path: null } as const;
  const { command, env } = toolScript(target, '/v2/team/app/manifests/x');
  const file = join(folder, `${host}-${port}`);
  const script = command[2]?.replaceAll('/dev/termination-log', file) ?? '';
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  await promisify(execFile)('sh', ['-c', script], { env: { PATH: process.env.PATH, ...variables } });
  return readLayers(readFileSync(file, 'utf8'));
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A server with a certificate of its own making: for this name, for so many days from now. */
function secure(answer: RequestListener, { name = 'localhost', days = 2 } = {}): Server {
  const [key, request, cert, extensions] = ['key.pem', 'request.pem', 'cert.pem', 'san'].map((file) => join(folder, file)) as [
    string,
    string,
    string,
    string,
  ];
  const words = [
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    key,
    '-out',
    request,
  ];
  execFileSync('openssl', words, { stdio: 'ignore' });
  writeFileSync(extensions, `subjectAltName=DNS:${name}`);
  const sign = ['x509', '-req', '-in', request, '-signkey', key, '-days', String(days), '-extfile', extensions, '-out', cert];
  execFileSync('openssl', sign, { stdio: 'ignore' });
  return createTls({ key: readFileSync(key), cert: readFileSync(cert) }, answer);
}

const results = (layers: Awaited<ReturnType<typeof report>>) => Object.fromEntries(layers.map(({ layer, result }) => [layer, result]));
const detail = (layers: Awaited<ReturnType<typeof report>>, layer: string) => layers.find((one) => one.layer === layer)?.detail ?? '';

test('a registry that wants a login: the certificate is named, and that nobody vouches for it is told and is no failure', {
  skip,
}, async () => {
  const server = secure((_, response) => response.writeHead(401).end());
  const layers = await report('localhost', await listening(server));
  server.close();
  assert.deepEqual([results(layers).dns, results(layers).tls, results(layers).http], ['ok', 'unknown', 'ok']);
  assert.match(detail(layers, 'tls'), /^certificate signed by unknown authority.*self.signed.*CN ?= ?localhost.*notAfter/);
  assert.equal(detail(layers, 'http'), 'status 401');
});

test('a certificate that has expired, and one for another name', { skip }, async () => {
  for (const [certificate, words] of [
    [{ days: -1 }, /^certificate has expired: .*notAfter/],
    [{ name: 'other.example.com' }, /^certificate is valid for other\.example\.com, not localhost: /],
  ] as const) {
    const server = secure((_, response) => response.writeHead(401).end(), certificate);
    const layers = await report('localhost', await listening(server));
    server.close();
    assert.equal(results(layers).tls, 'failed');
    assert.match(detail(layers, 'tls'), words);
  }
});

test('a limit that holds behind the token server is met with an anonymous token; a realm on the node itself is not asked', {
  skip,
}, async () => {
  const asked: string[] = [];
  let realm = '';
  const answer: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    if (request.headers.authorization === 'Bearer t0ken') return void response.writeHead(429).end();
    const challenge = `Bearer realm="${realm}",service="registry.test",scope="repository:team/app:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
  };
  const server = secure(answer);
  const tokens = createTls(
    { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) },
    (request, response) => {
      asked.push(request.url ?? '');
      response.end('{"token": "t0ken"}');
    },
  );
  const [port, tokenPort] = [await listening(server), await listening(tokens)];
  realm = `https://${hostname()}:${tokenPort}/token`;
  const layers = isOwnName ? await report('localhost', port) : [];
  realm = `https://127.0.0.1:${tokenPort}/token`;
  const before = asked.length;
  const guarded = await report('localhost', port);
  server.close();
  tokens.close();
  assert.equal(detail(guarded, 'http'), 'status 401');
  assert.deepEqual(
    asked.slice(before).filter((url) => url.startsWith('/token')),
    [],
  );
  if (!isOwnName) return;
  assert.deepEqual([results(layers).http, detail(layers, 'http')], ['failed', 'status 429, with an anonymous token']);
  assert.ok(asked.includes('/token?service=registry.test&scope=repository:team/app:pull'));
});

test('a limit, and a server that fails', { skip }, async () => {
  const server = secure((_, response) => response.writeHead(503).end());
  const layers = await report('localhost', await listening(server));
  server.close();
  assert.deepEqual([results(layers).http, detail(layers, 'http')], ['failed', 'status 503']);
});

test('plain HTTP is a fault of TLS', { skip }, async () => {
  const server = createServer((_, response) => response.end('{}'));
  const layers = await report('127.0.0.1', await listening(server));
  server.close();
  assert.deepEqual([results(layers).tls, detail(layers, 'tls')], ['failed', 'server gave HTTP response to HTTPS client']);
});

test('a closed port, and a name that does not exist, end the report', { skip }, async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  const failed = (await report('127.0.0.1', port)).filter(({ result }) => result === 'failed');
  assert.match(failed[0]?.detail ?? '', /refused|connect/i);
  assert.deepEqual(results(await report('nothing.invalid', 443)), { dns: 'failed' });
});

test('what is no report is left out', () => {
  assert.deepEqual(readLayers('hello\ndns\tok\t10.0.0.1\nftp\tok\tx\ntcp\tmaybe\tx'), [{ layer: 'dns', result: 'ok', detail: '10.0.0.1' }]);
  assert.deepEqual(readLayers(''), []);
});
