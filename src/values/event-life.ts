/** How long an API server keeps events by default (kube-apiserver --event-ttl), in milliseconds. */
const kept = 3_600_000;

/**
 * Whether events of a pod may have come to their end by themselves: it is older than they get. Times are RFC 3339; one that is not known
 * may be any.
 */
export function mayHaveExpired(createdAt: string, now: string): boolean {
  const age = Date.parse(now) - Date.parse(createdAt);
  return Number.isNaN(age) || age >= kept;
}
