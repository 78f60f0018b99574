import { parseObject } from '../../values/json-object.ts';
import { type Environment, readNamedFile } from '../kubeconfig/load.ts';
import { emptyCluster, emptyUser } from '../kubeconfig/types.ts';
import { readBody } from '../transport/body.ts';
import { NetworkError } from '../transport/network-error.ts';
import { serverOf } from '../transport/server.ts';

const answerLimit = 1024 * 1024;
const timeoutMilliseconds = 30_000;

export interface Renewed {
  readonly idToken: string;
  /** Empty where the issuer lets the old one stand. */
  readonly refreshToken: string;
}

type Config = Readonly<Record<string, string>>;

/**
 * A new id-token for a refresh token (OpenID Connect Core section 12, Discovery section 4; client-go: plugin/pkg/client/auth/oidc).
 * Not through client-node: version 2.0.1 calls its OpenID library with arguments that it refuses.
 * @throws NetworkError with the reason; never with a token in it.
 */
export async function renewIdToken(config: Config, refreshToken: string, env: Environment): Promise<Renewed> {
  const issuer = config['idp-issuer-url'] ?? '';
  const { token_endpoint: endpoint } = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, null, config, env);
  if (typeof endpoint !== 'string') throw new NetworkError('failed', 'oidc: discovery object doesn\'t contain a "token_endpoint"');
  const answer = await ask(endpoint, new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }), config, env);
  const { id_token: idToken, refresh_token: next } = answer;
  if (typeof idToken !== 'string') throw new NetworkError('failed', 'token response did not contain an id_token');
  return { idToken, refreshToken: typeof next === 'string' ? next : '' };
}

/** One JSON object from the issuer; with a form, a request to its token endpoint as this client. */
async function ask(address: string, form: URLSearchParams | null, config: Config, env: Environment): Promise<Record<string, unknown>> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:') throw new NetworkError('failed', `oidc: not an https address: ${address}`);
  const trust = { authorities: issuerAuthorities(config), skipVerify: false, serverName: null };
  const issuer = { server: address, url, namespace: '', trust, user: emptyUser, clientCertificate: null, cluster: emptyCluster };
  const server = serverOf(issuer, env);
  try {
    const incoming = await server.send(
      {
        method: form ? 'POST' : 'GET',
        path: url.pathname + url.search,
        headers: {
          Accept: 'application/json',
          ...(form && { ...clientHeaders(config), 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        body: form ? `${form}${config['client-secret'] ? '' : `&client_id=${encodeURIComponent(config['client-id'] ?? '')}`}` : null,
        signal: AbortSignal.timeout(timeoutMilliseconds),
        streams: false,
      },
      null,
    );
    const text = await readBody(incoming, answerLimit, true);
    if (incoming.status !== 200)
      throw new NetworkError('failed', `failed to refresh token: the issuer answered ${incoming.status}${errorCode(text)}`);
    return answerOf(text);
  } finally {
    server.close();
  }
}

/** RFC 6749 section 2.3.1. */
function clientHeaders(config: Config): Record<string, string> {
  const secret = config['client-secret'];
  if (!secret) return {};
  const pair = `${encodeURIComponent(config['client-id'] ?? '')}:${encodeURIComponent(secret)}`;
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function issuerAuthorities(config: Config): Buffer | null {
  const data = config['idp-certificate-authority-data'];
  if (data) return Buffer.from(data, 'base64');
  return readNamedFile(config['idp-certificate-authority'] ?? '');
}

/** RFC 6749 section 5.2: a code such as `invalid_grant`; nothing else of what the issuer says is shown. */
function errorCode(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? `: ${error}` : '';
  } catch {
    return '';
  }
}

/** The error is without the text, which may hold a token. */
function answerOf(text: string): Readonly<Record<string, unknown>> {
  const answer = parseObject(text);
  if (!answer) throw new NetworkError('failed', 'oidc: the answer of the issuer is not JSON');
  return answer;
}
