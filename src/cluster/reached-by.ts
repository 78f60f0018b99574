import type { ConnectionFlags } from './cluster.ts';

/** In kubectl's order (`kubectl options`). */
const repeated = [
  ['as', 'as'],
  ['as-group', 'asGroup'],
  ['as-uid', 'asUid'],
  ['as-user-extra', 'asUserExtra'],
  ['certificate-authority', 'certificateAuthority'],
  ['client-certificate', 'clientCertificate'],
  ['client-key', 'clientKey'],
  ['cluster', 'cluster'],
  ['context', 'context'],
  ['insecure-skip-tls-verify', 'insecureSkipTlsVerify'],
  ['kubeconfig', 'kubeconfig'],
  ['server', 'server'],
  ['tls-server-name', 'tlsServerName'],
  ['user', 'user'],
] as const satisfies readonly (readonly [flag: string, field: keyof ConnectionFlags])[];

/**
 * The flags that say which cluster was asked and by whom, as words for the commands that are printed; empty where none was given.
 * Impersonation is among them: what is typed next may do no more than what was asked for, and is refused where that may not. No secret is,
 * in an address neither: whoever gave a token or a password knows to give it again.
 */
export function reachedBy(flags: ConnectionFlags): readonly string[] {
  return repeated.flatMap(([flag, field]) => {
    const given: string | boolean | readonly string[] | undefined = flags[field];
    const value = flag === 'server' && typeof given === 'string' ? withoutLogin(given) : given;
    if (value === undefined) return [];
    if (value === true) return [`--${flag}`];
    return [value].flat().flatMap((one) => (one === '' ? [] : [`--${flag}=${one}`]));
  });
}

/** No address of a server has an `@` but behind a login. */
function withoutLogin(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1');
}
