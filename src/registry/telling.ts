import { channel } from 'node:diagnostics_channel';
import { type SentRequest, sentRequests } from '../values/sent-request.ts';
import type { Outcome } from './exchange.ts';
import { createRedaction, publicUrl } from './redaction.ts';
import type { Outgoing } from './transport.ts';

const sent = channel(sentRequests);

/** Tells who listens of each request of one transport. A server may put what it was sent into an address that it then names: that is taken out. */
export function tellingRequests(): (outgoing: Outgoing, send: () => Promise<Outcome>) => Promise<Outcome> {
  const redaction = createRedaction();
  return async (outgoing, send) => {
    if (!sent.hasSubscribers) return send();
    redaction.add(...secretsIn(outgoing.headers.authorization ?? ''));
    const begun = performance.now();
    const outcome = await send();
    const { method, url } = outgoing;
    const status = 'answer' in outcome ? outcome.answer.status : null;
    sent.publish({ method, url: redaction.clean(publicUrl(url)), status, milliseconds: performance.now() - begun } satisfies SentRequest);
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
