import type { Exchange } from '../values/evidence.ts';
import { hideSecrets } from '../values/hide-secrets.ts';

/** Shorter texts are left alone: they would blot out innocent words, and a server that can echo one knows it already. */
const shortestSecret = 4;

/**
 * Takes what was sent in confidence out of what comes back: a server may echo it into an error. Of an exchange it hides what else may be a
 * secret, too: a proxy's error page may show its own.
 */
export interface Redaction {
  add(...secrets: readonly string[]): void;
  clean(text: string): string;
  cleanExchange(exchange: Exchange): Exchange;
}

export function createRedaction(): Redaction {
  const secrets = new Set<string>();
  const clean = (text: string): string => {
    let cleaned = text;
    for (const secret of secrets) cleaned = cleaned.replaceAll(secret, '[redacted]');
    return cleaned;
  };
  return {
    add: (...added) => {
      for (const secret of added.flatMap(spellings)) if (secret.length >= shortestSecret) secrets.add(secret);
    },
    clean,
    cleanExchange: (exchange) => ({
      ...exchange,
      url: clean(exchange.url),
      body: exchange.body === null ? null : hideSecrets(clean(exchange.body)),
      contentType: exchange.contentType === null ? null : clean(exchange.contentType),
      errors: exchange.errors.map(({ code, message }) => ({ code: clean(code), message: hideSecrets(clean(message)) })),
      challenge: exchange.challenge && {
        scheme: exchange.challenge.scheme,
        realm: exchange.challenge.realm === null ? null : clean(exchange.challenge.realm),
        error: exchange.challenge.error === null ? null : clean(exchange.challenge.error),
      },
    }),
  };
}

/** A secret as itself, as JSON and as a URL would spell it, and in both alphabets of base64. */
function spellings(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** An address fit for the evidence: no login, no fragment, and of a query only that there was one (storage hosts sign theirs). */
export function publicUrl(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`.slice(0, 1024);
}
