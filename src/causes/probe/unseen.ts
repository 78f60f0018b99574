import type { CauseCode } from '../../values/cause-code.ts';
import type { ImageView } from '../view.ts';
import { nodeView } from './reading.ts';

const ofCertificate: readonly CauseCode[] = ['tls-unknown-authority', 'tls-expired', 'tls-name-mismatch'];

/**
 * What is left of the way to the registry where the kubelet or a tool got its answer and the runtime was not heard: all that the runtime
 * does and they do not. A kubelet verifies no certificate, fetches no token, and uses no credential, proxy or mirror (docs/node.md). Empty:
 * the registry was not reached so, or the runtime itself has told.
 */
export function unseen(view: ImageView): readonly CauseCode[] {
  const said = nodeView(view);
  if (!said?.reached || said.prober === 'runtime') return [];
  const wantsToken = hears(view, / 401\b/);
  return [
    ...certificateFaults(view),
    ...(wantsToken && !hears(view, /, with an anonymous token/) ? (['rate-limited'] as const) : []),
    'proxy-failure',
    'mirror-misconfigured',
    ...(wasAskedHere(view) ? [] : ofWhoAsksForWhat(view, wantsToken)),
  ];
}

/**
 * A tool that read the certificate found it good; to this workstation, which verifies, its dates and names are the same as to the node, and
 * its authority need not be.
 */
function certificateFaults({ probe, registry }: ImageView): readonly CauseCode[] {
  const isShown = probe?.answers.some(({ prober, role, layers = [] }) => {
    return (
      prober === 'tool' &&
      role === undefined &&
      layers.some(({ layer, result, detail }) => layer === 'tls' && result === 'ok' && /subject/i.test(detail))
    );
  });
  if (isShown) return [];
  const isVerifiedHere = registry?.attempts.some(({ exchanges }) => exchanges.some(({ status }) => status !== null)) ?? false;
  return isVerifiedHere ? ['tls-unknown-authority'] : ofCertificate;
}

function hears({ probe }: ImageView, words: RegExp): boolean {
  return probe?.answers.some(({ role, message }) => role === undefined && words.test(message ?? '')) ?? false;
}

function wasAskedHere({ registry }: ImageView): boolean {
  return (registry?.attempts.length ?? 0) > 0;
}

/** The kubelet asked for a tag that cannot exist, and as nobody. */
function ofWhoAsksForWhat({ credentials }: ImageView, wantsLogin: boolean): readonly CauseCode[] {
  const login: readonly CauseCode[] = wantsLogin ? [credentials?.tries.length ? 'auth-rejected' : 'auth-required'] : [];
  return [...login, 'manifest-not-found', 'repository-not-found'];
}
