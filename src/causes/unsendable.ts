import type { CredentialName } from '../values/evidence.ts';
import type { ImageView } from './view.ts';

/**
 * Logins for this image that the kubelet has and cannot hand to the runtime: gRPC carries no string that is not UTF-8
 * (image/credential-facts.ts, `not-utf8`).
 */
export function unsendable({ credentials, secrets }: ImageView): readonly CredentialName[] {
  return (credentials?.tries ?? []).filter(({ secret, key, user }) =>
    secrets.some(
      ({ name, entries }) =>
        name === secret && entries.some((entry) => entry.key === key && entry.user === user && entry.remarks.includes('not-utf8')),
    ),
  );
}

/** The runtime's words for such a one. */
export function saysNotUtf8({ reading }: ImageView): boolean {
  return /invalid utf-8/i.test(reading?.error.clause ?? '');
}
