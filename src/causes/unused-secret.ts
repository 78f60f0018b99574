import type { SecretFacts } from '../values/evidence.ts';
import type { ImageView } from './view.ts';

/** A pull Secret that would be used now, and was not for the pull that failed. */
export interface UnusedSecret {
  readonly secret: SecretFacts;
  /** When it was made or changed, where that was after the last pull; null: the runtime said that it sent no credential. */
  readonly since: string | null;
}

/**
 * Where no credential that would be used now can have been in the pull that failed: the denial is from before. null: nothing shows that.
 */
export function unusedSecret(view: ImageView): UnusedSecret | null {
  const names = new Set((view.credentials?.tries ?? []).map(({ secret }) => secret));
  const secrets = view.secrets.filter(({ name }) => names.has(name));
  const [secret] = secrets;
  if (!secret) return null;
  const pulled = lastPull(view);
  const times = secrets.map(({ changedAt, createdAt }) => changedAt ?? createdAt);
  if (pulled !== null && times.every((time) => time !== null && Date.parse(time) > pulled)) return { secret, since: times[0] ?? null };
  return view.reading?.error.credentialSent === false ? { secret, since: null } : null;
}

/** Milliseconds since the epoch at which the kubelet last began to pull, or said that it failed; null where no event is left that tells. */
function lastPull({ events, readingSource }: ImageView): number | null {
  const began =
    events.findLast(({ reason }) => reason === 'Pulling') ??
    events.findLast(({ reason, message }) => reason === 'Failed' && message.startsWith('Failed to pull'));
  const at = began?.last ?? (readingSource?.step === 'events' ? readingSource.at : null);
  return at === null ? null : Date.parse(at);
}
