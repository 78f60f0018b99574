import { registryAddress } from '../../image/registry-host.ts';
import { isOfTheMachine } from '../../values/address-class.ts';
import type { ImageRegistryFacts, ProbeHost } from '../../values/evidence.ts';
import type { ImageView } from '../view.ts';

/** Docker Hub's token server, which is another host than its registry, and always the same. */
const hubTokens = 'https://auth.docker.io/token';

/**
 * The hosts that a pull of this image goes through, as far as the evidence names them, the registry first: its token server (the realm of its challenge), the storage that
 * its blobs are redirected to, and the mirror that the runtime named. Each host and port once, and none on the node itself.
 */
export function hostsToAsk(view: ImageView): readonly ProbeHost[] {
  const reference = view.spec?.reference;
  if (!reference) return [];
  const registry: ProbeHost = { role: 'registry', scheme: 'https', path: null, ...registryAddress(reference.registry) };
  const request = view.reading?.error.request;
  const stage = view.reading?.error.stage;
  const token =
    realmIn(view.registry) ??
    (stage === 'token' ? request?.url : undefined) ??
    (reference.registry === 'docker.io' ? hubTokens : undefined);
  const storage = stage === 'blob' || stage === 'config' ? request?.url : undefined;
  const blob = view.registry?.blob ? `https://${view.registry.blob.host}/` : storage;
  const others = [
    hostOf('token', token),
    request?.mirrored ? null : hostOf('blob', blob, '/'),
    request?.mirrored ? hostOf('mirror', request.url) : null,
  ].flatMap((host) => host ?? []);
  const all = new Map([registry, ...others].reverse().map((host) => [`${host.host}:${host.port}`, host]));
  return [...all.values()].reverse();
}

function realmIn(registry: ImageRegistryFacts | null): string | undefined {
  const exchanges = (registry?.attempts ?? []).flatMap((attempt) => attempt.exchanges);
  const realm = exchanges.find(({ challenge }) => challenge?.scheme.toLowerCase() === 'bearer' && challenge.realm)?.challenge?.realm;
  return realm ?? exchanges.find(({ purpose }) => purpose === 'token')?.url;
}

/** A URL that a server or a runtime named, without its query: nothing is sent along but the path. What a registry names is not to send the kubelet to the node itself. */
function hostOf(role: ProbeHost['role'], text: string | undefined, path?: string): ProbeHost | null {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || isOfTheMachine(url.hostname)) return null;
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (scheme === 'http' ? 80 : 443);
  return { role, scheme, host, port, path: path ?? (/^\/[\w./~-]{0,300}$/.test(url.pathname) ? url.pathname : '/') };
}
