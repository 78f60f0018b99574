import { arch, platform } from 'node:os';
import { goPlatform } from '../values/go-platform.ts';
import { pluginProgram } from '../values/plugin-name.ts';
import type { UserEntry } from './kubeconfig/types.ts';
import { NetworkError } from './transport/network-error.ts';
import type { Outgoing } from './transport/transport.ts';

/** `kubectl-imagepull/0.1.0 (linux/amd64)`: how audit logs of the API server name this program. */
export function userAgent(version: string): string {
  return `${pluginProgram}/${version} (${goPlatform(platform(), arch())})`;
}

/** Acting as somebody else (client-go: transport/round_trippers.go impersonatingRoundTripper). */
export function impersonationHeaders({ as, asUid, asGroups, asUserExtra }: UserEntry): Record<string, string | readonly string[]> {
  if (as === '') return {};
  return {
    'Impersonate-User': utf8(as),
    ...(asUid !== '' && { 'Impersonate-Uid': utf8(asUid) }),
    ...(asGroups.length > 0 && { 'Impersonate-Group': asGroups.map(utf8) }),
    ...Object.fromEntries([...asUserExtra].map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(utf8)])),
  };
}

/**
 * Node's HTTP/2 sends line breaks in a header as they are; Go refuses them (golang.org/x/net/http/httpguts ValidHeaderFieldValue).
 * @throws NetworkError that names the header but not its value.
 */
export function requireValidHeaders(headers: Outgoing['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    if ([value].flat().some((one) => /[\u0000-\u0008\u000a-\u001f\u007f]/.test(String(one)))) {
      throw new NetworkError('failed', `net/http: invalid header field value for "${name}"`);
    }
  }
}

/** Node sends a header's characters as bytes, Go its UTF-8. */
function utf8(value: string): string {
  return Buffer.from(value).toString('latin1');
}

/** What may not stand in a header's name is percent-encoded. */
function escapeKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+.^_`|~0-9A-Za-z-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
