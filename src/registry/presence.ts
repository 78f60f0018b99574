import type { Credential } from '../image/keyring.ts';
import type { AttemptResult, Reference } from '../values/evidence.ts';
import { open } from './ask-manifest.ts';
import { converse } from './converse.ts';
import type { Transport } from './transport.ts';
import { isSent, tryCredential } from './trial.ts';

/** What a registry says of a manifest without being asked for it. */
export interface Presence {
  /** To each credential in the given order, then to nobody. */
  readonly results: readonly AttemptResult[];
  /** Of the manifest that is there, as the registry names it; null: it is not there, or not named. */
  readonly digest: string | null;
}

/**
 * Asks whether a manifest is there by HEAD alone, which no registry counts as a pull (Docker Hub: Usage and limits), so that it can be
 * asked again and again. null: the reference names no registry that can be asked.
 */
export async function presence(transport: Transport, reference: Reference, credentials: readonly Credential[]): Promise<Presence | null> {
  const whole = converse(transport, reference);
  if (!whole) return null;
  const conversation = { ...whole, headOnly: true } as const;
  const opening = await open(conversation);
  const sent = credentials.filter(isSent);
  const trials = await Promise.all([...sent, null].map((credential) => tryCredential(conversation, opening, credential)));
  const found = trials.find(({ attempt }) => attempt.result === 'found');
  const digest = found?.reaction?.answer?.headers['docker-content-digest'];
  return { results: trials.map(({ attempt }) => attempt.result), digest: typeof digest === 'string' ? digest : null };
}
