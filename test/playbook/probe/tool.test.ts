import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
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
const skip = ['sh', 'getent', 'openssl', 'curl'].every(has) ? false : 'needs sh, getent, openssl and curl';
let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-tool-'));
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

function secure(answer: RequestListener): Server {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', [...words, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return createTls({ key: readFileSync(key), cert: readFileSync(cert) }, answer);
}

const results = (layers: Awaited<ReturnType<typeof report>>) => Object.fromEntries(layers.map(({ layer, result }) => [layer, result]));
const detail = (layers: Awaited<ReturnType<typeof report>>, layer: string) => layers.find((one) => one.layer === layer)?.detail ?? '';

test('a registry that wants a login has every layer, with the certificate named', { skip }, async () => {
  const server = secure((_, response) => response.writeHead(401).end());
  const layers = await report('localhost', await listening(server));
  server.close();
  assert.deepEqual([results(layers).dns, results(layers).tls, results(layers).http], ['ok', 'ok', 'ok']);
  assert.match(detail(layers, 'tls'), /CN ?= ?localhost.*notAfter.*self.signed/);
  assert.equal(detail(layers, 'http'), 'status 401');
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
