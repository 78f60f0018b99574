import type { CauseCode } from '../../values/cause-code.ts';
import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import { otherHost, registryHost } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { proposalSentence, useProposals, withHostProposals } from './proposals.ts';
import { setImage } from './workload.ts';

/** What is said, and what is to be typed first, where the name of the host is what seems wrong. */
export interface RightHost {
  readonly sentence: string;
  readonly fixes: readonly Fix[];
}

/** Failures on the way to a host that may be the wrong one; dns-failure says so itself (catalogue/dns-failure.ts). */
const onTheWay: ReadonlySet<CauseCode> = new Set([
  'connect-timeout',
  'connect-refused',
  'no-route',
  'tls-unknown-authority',
  'tls-name-mismatch',
  'tls-expired',
  'tls-handshake-failed',
  'http-on-https',
]);

/**
 * What a runtime is configured with for a registry: its authorities, client certificates, plain HTTP. containerd
 * (core/remotes/docker/config, `hostPaths`), CRI-O and Docker (certs.d/HOST:PORT) look for it under the host as it is written in the image,
 * and DNS does not care about case.
 */
export const ofConfiguration: ReadonlySet<CauseCode> = new Set(['tls-unknown-authority', 'tls-handshake-failed', 'http-on-https']);

/**
 * The host is written in capitals, and its configuration is what seems to be missing: it may be there for the same host in small letters.
 */
export function isMissedForCapitals(view: ImageView, code: CauseCode): boolean {
  const host = registryHost(view);
  return host !== null && host !== host.toLowerCase() && ofConfiguration.has(code) && otherHost(view) === null;
}

/** null: nothing speaks against the host, or others use it. */
export function rightHost(view: ImageView, code: CauseCode): RightHost | null {
  const host = registryHost(view);
  if (host === null || !onTheWay.has(code) || otherHost(view) !== null || isInUse(view, code)) return null;
  if (isMissedForCapitals(view, code)) {
    const small = host.toLowerCase();
    const fix = setImage(view, view.container.image.replace(host, small), `write the host in small letters: ${clip(small)}`);
    return {
      sentence: `The image writes its host in capitals: what the runtime is told about ${clip(small)} (its authority, plain HTTP) does not count for ${clip(host)}.`,
      fixes: [fix],
    };
  }
  const proposed = withHostProposals(view);
  const sentence = proposalSentence(proposed);
  return sentence === null ? null : { sentence, fixes: useProposals(proposed) };
}

/** By others, as it is written where the runtime is configured by that. */
function isInUse({ neighbours }: ImageView, code: CauseCode): boolean {
  if (neighbours?.asWritten && ofConfiguration.has(code)) return neighbours.asWritten.works > 0;
  return (neighbours?.sameRegistryHere.works ?? 0) + (neighbours?.sameRegistryElsewhere.works ?? 0) > 0;
}
