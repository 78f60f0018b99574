import { channel } from 'node:diagnostics_channel';
import { type SentRequest, sentRequests } from '../values/sent-request.ts';
import { createRedaction, publicUrl } from './redaction.ts';

const sent = channel(sentRequests);

interface Asked {
  readonly method: string;
  readonly url: URL;
  /** Value of the header of that name. */
  readonly authorization?: string | undefined;
}

/** Sends a request, and tells who listens of it. */
export type Telling = <T>(asked: Asked, send: () => Promise<T>, statusOf: (outcome: T) => number | null) => Promise<T>;

/** Tells of the requests of one transport. A server may put what it was sent into an address that it then names: that is taken out. */
export function tellingRequests(): Telling {
  const redaction = createRedaction();
  return async ({ method, url, authorization = '' }, send, statusOf) => {
    if (!sent.hasSubscribers) return send();
    redaction.add(...secretsIn(authorization));
    const begun = performance.now();
    const outcome = await send();
    const milliseconds = performance.now() - begun;
    sent.publish({ method, url: redaction.clean(publicUrl(url)), status: statusOf(outcome), milliseconds } satisfies SentRequest);
    return outcome;
  };
}

/** What follows the scheme; of Basic also the password. */
function secretsIn(authorization: string): readonly string[] {
  const [scheme = '', value = ''] = authorization.split(' ', 2);
  if (scheme.toLowerCase() !== 'basic') return [value];
  const login = Buffer.from(value, 'base64').toString();
  return [value, login, login.slice(login.indexOf(':') + 1)];
}
