import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Guard } from './registry.ts';

/** The only account of the demo's registries: the lab's, which opens nothing else. */
const account = 'puller:s3cret-pull';

export const anyone: Guard = () => null;

/** HTTP Basic (RFC 7617). */
export const basic: Guard = (request) => (credentialOf(request) === account ? null : 'Basic realm="demo"');

export interface TokenServer {
  readonly guard: Guard;
  readonly listener: RequestListener;
}

/** A token server and the guard that takes its tokens (distribution token authentication): pull for the account, nothing for others. */
export function tokenServer(realm: string, service: string): TokenServer {
  const granted = new Map<string, readonly string[]>();
  const guard: Guard = (request, repository) => {
    const scopes = granted.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (scopes && (repository === null || scopes.includes(`repository:${repository}:pull`))) return null;
    const scope = repository === null ? '' : `,scope="repository:${repository}:pull"`;
    return `Bearer realm="${realm}",service="${service}"${scope}${scopes ? ',error="insufficient_scope"' : ''}`;
  };
  const listener: RequestListener = (request, response) => {
    const credential = credentialOf(request);
    const refused = credential !== null && credential !== account;
    const token = randomUUID();
    if (!refused) granted.set(token, credential === null ? [] : new URL(request.url ?? '/', realm).searchParams.getAll('scope'));
    response.writeHead(refused ? 401 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refused ? { details: 'incorrect username or password' } : { token, access_token: token, expires_in: 300 }));
  };
  return { guard, listener };
}

function credentialOf(request: IncomingMessage): string | null {
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
}
