import { getCACertificates } from 'node:tls';

/**
 * The authorities that a registry's certificate may come from. `undefined`: Node's own, which costs nothing to load.
 * The system's store takes some 50 ms to read, so it is asked only when the first look finds no authority.
 */
export interface Trust {
  readonly authorities: readonly string[] | undefined;
  readonly complete: boolean;
}

/** @param extra PEM text of one or more further authorities */
export function initialTrust(extra: string | undefined): Trust {
  return { authorities: extra === undefined ? undefined : [...getCACertificates('default'), extra], complete: false };
}

/** The same with the system's store added. A store that cannot be read adds nothing. */
export function completeTrust(trust: Trust): Trust {
  const known = trust.authorities ?? getCACertificates('default');
  return { authorities: [...new Set([...known, ...systemAuthorities()])], complete: true };
}

function systemAuthorities(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}
