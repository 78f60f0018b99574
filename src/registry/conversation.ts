import type { Credential } from '../image/keyring.ts';
import type { ConnectionFault, Exchange } from '../values/evidence.ts';
import { pluginProgram } from '../values/plugin-name.ts';
import { type Challenge, chooseChallenge } from './challenge.ts';
import { parseErrors, snippet } from './error-body.ts';
import { refusedAddress } from './guard.ts';
import { publicUrl, type Redaction } from './redaction.ts';
import type { Answer, Transport } from './transport.ts';

/** Where an image's questions go, and by what means. */
export interface Conversation {
  readonly transport: Transport;
  readonly redaction: Redaction;
  /** `https://HOST[:PORT]`. */
  readonly origin: URL;
  readonly repository: string;
  /** The digest where there is one, as the runtimes have it, else the tag. */
  readonly wanted: string;
  /** No manifest is read by GET, whatever HEAD left open: its status alone is the answer. */
  readonly headOnly?: true;
  /**
   * A credential is tried as well: what nobody's token says of itself is believed without a question, so that a private registry is asked
   * once less.
   */
  readonly spares?: true;
}

export interface Question {
  readonly purpose: Exchange['purpose'];
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly authorization?: string | undefined;
  readonly accept?: string;
  readonly range?: string;
  /** Bytes of the body; 64 KiB unless told. */
  readonly bodyLimit?: number;
  /** false: a redirect is the answer. */
  readonly follow?: boolean;
}

export interface Reaction {
  /** One for each hop. */
  readonly exchanges: readonly Exchange[];
  /** null: there was none. */
  readonly answer: Answer | null;
  readonly fault: ConnectionFault | null;
  /** Where the last hop went. */
  readonly url: URL;
}

/** As many as Go's client follows. */
const mostHops = 10;
const errorBodyLimit = 64 * 1024;
const userAgent = pluginProgram;

/**
 * Asks, following redirects by hand: only over TLS, never to where a registry has no business to point, and never with the credential to
 * another host, nor back from there: another host does not choose what is asked with it (as Go's client, net/http `Client.do`,
 * stripSensitiveHeaders).
 */
export async function ask(conversation: Conversation, question: Question): Promise<Reaction> {
  const exchanges: Exchange[] = [];
  let { url, authorization } = question;
  const seen = new Set<string>();
  while (true) {
    const { exchange, answer, fault } = await askOnce(conversation, { ...question, url, authorization });
    exchanges.push(exchange);
    const reaction = { exchanges, answer, fault, url };
    const location = answer && answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
    if (location === undefined || question.follow === false) return reaction;
    seen.add(url.href);
    const next = URL.canParse(location, url) ? new URL(location, url) : null;
    const refusal = faultOfRedirect(next, seen, exchanges.length);
    if (refusal || !next) return { ...reaction, answer: null, fault: refusal };
    if (next.origin !== url.origin) authorization = undefined;
    url = next;
  }
}

function faultOfRedirect(next: URL | null, seen: ReadonlySet<string>, hops: number): ConnectionFault | null {
  const fault = (message: string, code = 'bad-response'): ConnectionFault => ({ layer: 'http', code, message });
  if (!next) return fault('redirect to an unreadable address');
  // The runtimes would go there: that we do not is no fault of the registry.
  if (next.protocol !== 'https:') return fault('redirect to an address without TLS', refusedAddress);
  if (next.username !== '' || next.password !== '') return fault('redirect to an address with a login in it', refusedAddress);
  if (seen.has(next.href)) return fault('redirect loop');
  return hops > mostHops ? fault(`stopped after ${mostHops} redirects`) : null;
}

async function askOnce(conversation: Conversation, question: Question) {
  const { purpose, method, url, authorization, accept, range } = question;
  const headers: Record<string, string> = { 'user-agent': userAgent, accept: accept ?? 'application/json' };
  if (authorization !== undefined) headers.authorization = authorization;
  if (range !== undefined) headers.range = range;
  const namedBy = conversation.origin.hostname.replace(/^\[|\]$/g, '');
  const reply = await conversation.transport.send({ method, url, headers, bodyLimit: question.bodyLimit ?? errorBodyLimit, namedBy });
  const answer = 'answer' in reply ? reply.answer : null;
  const fault = 'fault' in reply ? reply.fault : null;
  const exchange: Exchange = {
    purpose,
    method,
    url: publicUrl(url),
    status: answer?.status ?? null,
    fault,
    challenge: answer?.status === 401 ? shownChallenge(chooseChallenge(answer.headers['www-authenticate'])) : null,
    ...shownBody(answer, purpose, conversation.redaction),
    contentType: answer?.headers['content-type']?.slice(0, 200) ?? null,
    milliseconds: reply.milliseconds,
  };
  return { exchange: conversation.redaction.cleanExchange(exchange), answer, fault };
}

function shownChallenge(challenge: Challenge | null): Exchange['challenge'] {
  if (!challenge) return null;
  const { realm, error } = challenge.parameters;
  const shownRealm = realm !== undefined && URL.canParse(realm) ? publicUrl(new URL(realm)) : realm?.slice(0, 200);
  return { scheme: challenge.scheme, realm: shownRealm ?? null, error: error?.slice(0, 64) ?? null };
}

/** Bodies of answers that went well are the callers' business; HTML never goes well. */
function shownBody(answer: Answer | null, purpose: Exchange['purpose'], redaction: Redaction): Pick<Exchange, 'errors' | 'body'> {
  const failed = answer !== null && (answer.status >= 400 || /^text\/html/i.test(answer.headers['content-type'] ?? ''));
  if (!failed || (purpose === 'blob' && answer.status < 400)) return { errors: [], body: null };
  const text = redaction.clean(answer.body.subarray(0, errorBodyLimit).toString('utf8'));
  const errors = parseErrors(text);
  return { errors: errors ?? [], body: errors ? null : snippet(text) };
}

export function registryUrl(conversation: Conversation, path: string): URL {
  return new URL(`/v2/${conversation.repository}/${path}`, conversation.origin);
}

/** RFC 7617. What is sent is noted, so that no echo of it gets into the evidence. */
export function basicAuthorization(credential: Credential, redaction: Redaction): string {
  const login = `${credential.user}:${credential.password}`;
  redaction.add(login, credential.password);
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
