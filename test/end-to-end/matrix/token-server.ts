import { createSign, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Users } from './registries.ts';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface TokenServerOptions {
  readonly port: number;
  readonly address: string;
  readonly certificate: string;
  readonly key: string;
  readonly users: Users;
}

/**
 * The token service of a registry (distribution token specification): library/ is for anyone, the rest for the user who may pull. Who lacks the right gets a token
 * that opens nothing; a wrong password is refused.
 */
export async function startTokenServer(options: TokenServerOptions): Promise<https.Server> {
  const [cert, key] = [readFileSync(options.certificate), readFileSync(options.key)];
  const server = https.createServer({ cert, key }, (request, response) => void grant(request, response, options, { cert, key }));
  await new Promise<void>((ready) => server.listen(options.port, options.address, ready));
  return server;
}

async function grant(
  request: IncomingMessage,
  response: ServerResponse,
  { users }: TokenServerOptions,
  pair: { readonly cert: Buffer; readonly key: Buffer },
): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const query = request.method === 'POST' ? new URLSearchParams(body) : new URL(request.url ?? '', 'https://x').searchParams;
  const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
  const login = request.method === 'POST' ? `${query.get('username') ?? ''}:${query.get('password') ?? ''}` : basic;
  const user = login.split(':', 1)[0] ?? '';
  if (user !== '' && login !== `${user}:${users.passwords[user] ?? '\n'}`) {
    response.writeHead(401, { 'content-type': 'application/json' });
    return void response.end('{"details":"incorrect username or password"}');
  }
  const access = query.getAll('scope').flatMap((scope) => scope.split(' ').flatMap((one) => accessTo(one, user === users.puller)));
  const token = signed(access, pair);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ token, access_token: token, expires_in: 300 }));
}

function accessTo(scope: string, mayPull: boolean): readonly object[] {
  const [type, name = '', actions = ''] = scope.split(':');
  const granted = actions.split(',').filter((action) => action === 'pull');
  return mayPull || name.startsWith('library/') ? [{ type, name, actions: granted }] : [];
}

function signed(access: readonly object[], { cert, key }: { readonly cert: Buffer; readonly key: Buffer }): string {
  const now = Math.floor(Date.now() / 1000);
  const x5c = [cert.toString().replace(/-----[A-Z ]+-----|\s/g, '')];
  const claims = { iss: 'matrix', sub: '', aud: 'matrix', exp: now + 300, nbf: now - 10, iat: now, jti: randomUUID(), access };
  const text = `${base64url({ typ: 'JWT', alg: 'RS256', x5c })}.${base64url(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}
