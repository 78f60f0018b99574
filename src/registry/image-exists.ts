import type { Credential } from '../image/keyring.ts';
import type { Reference } from '../values/evidence.ts';
import { open } from './ask-manifest.ts';
import { converse } from './converse.ts';
import type { Transport } from './transport.ts';
import { isSent, tryCredential } from './trial.ts';

/**
 * Whether the registry serves this manifest to nobody in particular, or to one of these credentials: HEAD, under the same rules of safety
 * as every other question.
 */
export async function imageExists(transport: Transport, reference: Reference, credentials: readonly Credential[]): Promise<boolean> {
  const conversation = converse(transport, reference);
  if (!conversation) return false;
  const opening = await open(conversation);
  for (const credential of [null, ...credentials.filter(isSent)]) {
    const { attempt } = await tryCredential(conversation, opening, credential);
    if (attempt.result === 'found') return true;
  }
  return false;
}
