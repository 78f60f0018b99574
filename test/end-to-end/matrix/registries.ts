import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Mode } from './cells.ts';
import { startTokenServer } from './token-server.ts';

export interface Users {
  readonly passwords: Readonly<Record<string, string>>;
  /** The one who may pull. */
  readonly puller: string;
}

export const users: Users = { passwords: { puller: 's3cret-pull', stranger: 's3cret-none' }, puller: 'puller' };

export const hosts: Readonly<Record<Mode, string>> = {
  basic: 'matrix.lab.test:5031',
  token: 'matrix.lab.test:5032',
  public: 'matrix.lab.test:5032',
  open: 'matrix.lab.test:5033',
};

export const repositories: Readonly<Record<Mode, string>> = {
  basic: 'team/app',
  token: 'team/app',
  public: 'library/busybox',
  open: 'team/app',
};

export const tags: Readonly<Record<Mode, string>> = { basic: 'v2.1.2', token: 'v2.1.2', public: '1', open: 'v2.1.2' };

const address = '10.99.0.1';
const innerPort = 5034;

/**
 * Starts real registry software over a copy of what the lab's registries hold: open, with tokens, and with HTTP Basic behind a front that knows who may pull, as registries behind
 * nginx have it. Nodes learn to trust them by files of their own in the lab's certs.d.
 * @param software the registry's program: Debian's docker-registry, or another that reads its configuration
 */
export async function startRegistries(labDir: string, software: string): Promise<{ stop(): void }> {
  const [run, pki] = [`${labDir}/run`, `${labDir}/pki`];
  const folder = mkdtempSync(`${tmpdir()}/imagepull-matrix-`);
  const processes: ChildProcess[] = [];
  const servers: { close(): void; closeAllConnections(): void }[] = [];
  const trusted = [...new Set(Object.values(hosts))].map((host) => `${run}/certs.d/${host}`);
  const stop = () => {
    for (const process of processes) process.kill();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    for (const path of [folder, ...trusted]) rmSync(path, { recursive: true, force: true });
  };
  try {
    cpSync(`${run}/registry`, `${folder}/store`, { recursive: true });
    for (const path of trusted) {
      mkdirSync(path, { recursive: true });
      cpSync(`${pki}/registry-ca.crt`, `${path}/ca.crt`);
    }
    const logins = Object.entries(users.passwords).map(([user, password]) =>
      execFileSync('htpasswd', ['-Bbn', user, password]).toString().trim(),
    );
    writeFileSync(`${folder}/htpasswd`, `${logins.join('\n')}\n`);
    const tls = `  tls: {certificate: ${pki}/registry.crt, key: ${pki}/registry.key}\n`;
    const token = `auth:\n  token: {realm: "https://matrix.lab.test:5035/token", service: matrix, issuer: matrix, rootcertbundle: ${pki}/registry-ca.crt}\n`;
    const serve = (name: string, port: string, more: string) => {
      const file = `${folder}/${name}.yml`;
      const storage = `storage:\n  filesystem: {rootdirectory: ${folder}/store}\n`;
      writeFileSync(file, `version: 0.1\nlog: {level: error}\n${storage}http:\n  addr: ${port}\n${more}`);
      const process = spawn(software, ['serve', file], { stdio: 'ignore' });
      processes.push(process);
    };
    serve('open', `${address}:5033`, tls);
    serve('token', `${address}:5032`, tls + token);
    serve('basic', `127.0.0.1:${innerPort}`, `auth:\n  htpasswd: {realm: matrix, path: ${folder}/htpasswd}\n`);
    const certificate = `${pki}/registry.crt`;
    const key = `${pki}/registry.key`;
    servers.push(await startTokenServer({ port: 5035, address, certificate, key, users }), await startFront(certificate, key));
    await answering();
    return { stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** TLS and the right to pull; who one is, the registry behind it decides. */
async function startFront(certificate: string, key: string): Promise<https.Server> {
  const server = https.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    const { method, url, headers } = request;
    const user = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
    const upstream = http.request({ host: '127.0.0.1', port: innerPort, method, path: url, headers }, (answer) => {
      const status = answer.statusCode ?? 502;
      if (status !== 401 && user === `stranger:${users.passwords.stranger}`) {
        response.writeHead(403, { 'content-type': 'application/json' });
        response.end(method === 'HEAD' ? '' : '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}');
        return void answer.resume();
      }
      response.writeHead(status, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.writeHead(502).end());
    upstream.end();
  });
  await new Promise<void>((ready) => server.listen(5031, address, ready));
  return server;
}

async function answering(): Promise<void> {
  for (let left = 100; left > 0; left--) {
    const answers = await Promise.all([5031, 5032, 5033].map(statusOf));
    if (answers.every((status) => status === 200 || status === 401)) return;
    await pause(100);
  }
  throw new Error('the registries of the matrix do not answer');
}

function statusOf(port: number): Promise<number | null> {
  return new Promise((settle) => {
    const request = https.get({ host: address, port, path: '/v2/', rejectUnauthorized: false }, (answer) => {
      answer.resume();
      settle(answer.statusCode ?? null);
    });
    request.on('error', () => settle(null));
  });
}
