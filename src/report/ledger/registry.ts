import type { Attempt, Evidence, Exchange, ImageRegistryFacts } from '../../values/evidence.ts';
import { humanBytes } from '../../words/amounts.ts';
import type { Line } from './line.ts';

/** Every request of this workstation to the registry and what came back, then what was learnt of tags, manifest, limits and storage. */
export function registryLines(evidence: Evidence, facts: ImageRegistryFacts | null): Line[] {
  if (facts === null) return [];
  const seen = (fact: string, source: string): Line => ({ from: 'workstation', fact, source, at: evidence.collectedAt });
  const lines = facts.attempts.flatMap((attempt) =>
    attempt.exchanges.map((exchange) => seen(exchangeFact(attempt, exchange), `${exchange.method} ${exchange.url}`)),
  );
  if (facts.tags !== null) {
    const near = facts.tags.nearest.length === 0 ? '' : `, nearest ${facts.tags.nearest.join(', ')}`;
    lines.push(
      seen(
        `${facts.tags.count} tags${facts.tags.complete ? '' : ' and more'}${near}, newest ${facts.tags.newest ?? 'not known'}`,
        `tags of ${facts.host}`,
      ),
    );
  }
  if (facts.manifest !== null) {
    const { mediaType, digest, platforms, size } = facts.manifest;
    const names = platforms.map((platform) => [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'));
    const parts = [mediaType, digest, names.join(' '), size === null ? null : humanBytes(size)].filter(
      (part) => part !== null && part !== '',
    );
    lines.push(seen(parts.join(', '), `manifest from ${facts.host}`));
  }
  if (facts.rateLimit !== null && facts.rateLimit.limit !== null) {
    lines.push(seen(`${facts.rateLimit.remaining ?? '?'} of ${facts.rateLimit.limit} pulls left`, `rate limit headers of ${facts.host}`));
  }
  for (const { reference, why } of facts.proposals ?? [])
    lines.push(seen(`${reference} exists (${why.replaceAll('-', ' ')})`, 'HEAD of its manifest'));
  if (facts.blob !== null)
    lines.push(seen(facts.blob.fault?.message ?? `status ${facts.blob.status}`, `blob ${facts.blob.digest} at ${facts.blob.host}`));
  return lines;
}

function exchangeFact(attempt: Attempt, exchange: Exchange): string {
  const who =
    attempt.credential === null ? 'without credentials' : `as ${attempt.credential.user || `secret ${attempt.credential.secret}`}`;
  const outcome = exchange.fault === null ? `status ${exchange.status}` : `${exchange.fault.layer}: ${exchange.fault.message}`;
  const errors = exchange.errors.map(({ code, message }) => [code, message].filter(Boolean).join(': '));
  const challenge =
    exchange.challenge === null
      ? []
      : [`asks for ${exchange.challenge.scheme}${exchange.challenge.realm === null ? '' : ` of ${exchange.challenge.realm}`}`];
  const body = exchange.body === null ? [] : [`body ${exchange.body}`];
  return [`${exchange.purpose} ${who}: ${outcome}`, ...errors, ...challenge, ...body].join(', ');
}
