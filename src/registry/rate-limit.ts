import type { IncomingHttpHeaders } from 'node:http';
import type { ImageRegistryFacts } from '../values/evidence.ts';

type RateLimit = NonNullable<ImageRegistryFacts['rateLimit']>;

/**
 * What an answer says of quotas: Docker Hub's `ratelimit-limit: 100;w=21600`, `ratelimit-remaining`, `docker-ratelimit-source`, and
 * `retry-after` in seconds or as a date (RFC 9110 §10.2.3). null: nothing.
 * @param now milliseconds since 1970
 */
export function readRateLimit(headers: IncomingHttpHeaders, now: number): RateLimit | null {
  const limit = header(headers, 'ratelimit-limit');
  const remaining = header(headers, 'ratelimit-remaining');
  const retryAfter = header(headers, 'retry-after');
  if (limit === null && remaining === null && retryAfter === null) return null;
  return {
    limit: count(limit),
    remaining: count(remaining),
    windowSeconds: count(/;\s*w=(\d+)/.exec(limit ?? remaining ?? '')?.[1] ?? null),
    source: header(headers, 'docker-ratelimit-source')?.slice(0, 100) ?? null,
    retryAfterSeconds: retrySeconds(retryAfter, now),
  };
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function count(text: string | null): number | null {
  const digits = /^\s*(\d{1,12})\b/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function retrySeconds(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\s*\d+\s*$/.test(text)) return count(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.round((date - now) / 1000));
}
