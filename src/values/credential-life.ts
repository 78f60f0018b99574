import type { CredentialEntry, SecretFacts } from './evidence.ts';

/** How long a credential of some kind lives, known by its user (and registry): vendors' documentation. */
const lifetimes: readonly { readonly user: RegExp; readonly key: RegExp; readonly hours: number }[] = [
  { user: /^AWS$/, key: /\becr\b|public\.ecr\.aws/, hours: 12 },
  { user: /^oauth2accesstoken$/, key: /(?:pkg\.dev|gcr\.io)\b/, hours: 1 },
  { user: /^iambearer$/, key: /\bicr\.io\b/, hours: 1 },
  { user: /^00000000-0000-0000-0000-000000000000$/, key: /\.azurecr\./, hours: 3 },
];

/** Hours that a credential of this kind can live at most; null where that is not known. */
export function lifetimeHours({ key, user }: Pick<CredentialEntry, 'key' | 'user'>): number | null {
  return lifetimes.find((kind) => kind.user.test(user) && kind.key.test(key))?.hours ?? null;
}

/** Milliseconds by which the clock of this machine may be ahead of the registry's. */
const clockSkew = 600_000;

/** `said`: its own clock has run out. `just`: it has only just done so, if the clocks agree. null: not yet, or it has none. */
export function ownExpiry({ expiresAt }: CredentialEntry, at: string): 'said' | 'just' | null {
  const since = expiresAt === null ? 0 : Date.parse(at) - Date.parse(expiresAt);
  return since > clockSkew ? 'said' : since > 0 ? 'just' : null;
}

/**
 * `said`: its own clock has run out. `aged`: it has only just done so, or is of a kind that does not live as long as its Secret has been
 * unchanged. null: nothing says so.
 */
export function expiryOf(entry: CredentialEntry, secret: SecretFacts, at: string): 'said' | 'aged' | null {
  if (entry.expiresAt !== null) {
    const own = ownExpiry(entry, at);
    return own === 'just' ? 'aged' : own;
  }
  const hours = lifetimeHours(entry);
  const changed = secret.changedAt ?? secret.createdAt;
  if (hours === null || changed === null) return null;
  return Date.parse(at) - Date.parse(changed) > hours * 3_600_000 ? 'aged' : null;
}
