import { registryHost } from '../image/registry-host.ts';
import type { Reference } from '../values/evidence.ts';
import type { Conversation } from './conversation.ts';
import { createRedaction } from './redaction.ts';
import type { Transport } from './transport.ts';

/** The means to ask about one image; null: its registry is no address. */
export function converse(transport: Transport, reference: Reference): Conversation | null {
  const origin = originOf(registryHost(reference.registry));
  if (!origin) return null;
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  return { transport, redaction: createRedaction(), origin, repository: reference.repository, wanted };
}

/**
 * null: what the grammar of references allows and a URL does not, such as port 99999, or a name that a URL takes for an address in figures.
 */
function originOf(host: string): URL | null {
  const url = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : null;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return url && (url.hostname === name || name.startsWith('[')) ? url : null;
}
