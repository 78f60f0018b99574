import { lifetimeHours } from '../values/credential-life.ts';
import type { CredentialEntry } from '../values/evidence.ts';
import { parseObject } from '../values/json-object.ts';
import type { DockerEntry } from './docker-config.ts';
import { normalizeKey, shownKey } from './registry-key.ts';

/** What may be said about an entry without its password. */
export function credentialEntry(entry: DockerEntry): CredentialEntry {
  return {
    key: shownKey(entry.key),
    user: entry.user,
    empty: entry.user === '' && entry.password === '',
    expiresAt: expiryInPassword(entry.password),
    remarks: remarksOf(entry),
  };
}

/**
 * When the password itself says that it ends (RFC 3339): the `exp` of a JWT (RFC 7519), or the `expiration` in the JSON of an Amazon ECR
 * password. Neither signature is verified: this is what it claims. null: it says nothing.
 */
export function expiryInPassword(password: string): string | null {
  const seconds = jwtClaims(password)?.exp ?? ecrPayload(password)?.expiration;
  // 2000 to 2100: anything else is no time at all.
  if (typeof seconds !== 'number' || seconds < 946_684_800 || seconds > 4_102_444_800) return null;
  return new Date(seconds * 1000).toISOString();
}

function jwtClaims(password: string): Readonly<Record<string, unknown>> | null {
  const parts = password.trim().split('.');
  if (parts.length !== 3 || !parts[0]?.startsWith('eyJ')) return null;
  return parseObject(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
}

function ecrPayload(password: string): Readonly<Record<string, unknown>> | null {
  const payload = password.startsWith('eyJ') ? parseObject(Buffer.from(password, 'base64').toString('utf8')) : null;
  return payload && 'datakey' in payload ? payload : null;
}

type Check = readonly [remark: string, applies: (entry: DockerEntry, host: string) => boolean];

/** Peculiarities that break logins, with the habits of the registries behind them. */
const checks: readonly Check[] = [
  ['not-utf8', ({ isUtf8 }) => isUtf8 === false],
  ['password-ends-in-newline', ({ password }) => /[\r\n]$/.test(password)],
  ['blanks-around-password', ({ password }) => /^\s|[ \t]$/.test(password)],
  ['blanks-around-user', ({ user }) => user !== user.trim()],
  ['password-missing', ({ user, password }) => user !== '' && password === ''],
  ['identity-token-ignored', ({ ignored }) => ignored.includes('identity-token')],
  ['registry-token-ignored', ({ ignored }) => ignored.includes('registry-token')],
  ['credential-helper-ignored', ({ ignored }) => ignored.includes('credential-helper')],
  ['key-ignored', ({ key }) => normalizeKey(key) === null],
  ['short-lived-token', ({ user, password }, host) => lifetimeHours({ key: host, user }) !== null || isTokenOfHours(password)],
  ['fine-grained-token-unsupported', ({ password }, host) => host === 'ghcr.io' && password.startsWith('github_pat_')],
  ['user-is-email', ({ user }, host) => host.endsWith('docker.io') && user.includes('@')],
  ['robot-name-truncated', ({ user }) => user === 'robot'],
];

function remarksOf(entry: DockerEntry): readonly string[] {
  const host = normalizeKey(entry.key)?.labels.join('.') ?? '';
  return checks.filter(([, applies]) => applies(entry, host)).map(([remark]) => remark);
}

/** By their prefixes: job tokens of GitHub and GitLab, as long as the job, and Google's access tokens, an hour. */
function isTokenOfHours(password: string): boolean {
  return /^(?:ghs_|glcbt-|ya29\.)/.test(password);
}
