import { registryAddress } from '../../image/registry-host.ts';
import { isOfTheMachine } from '../../values/address-class.ts';
import type { ImageRegistryFacts, ProbeHost, Reference } from '../../values/evidence.ts';
import type { ImageView } from '../view.ts';

/** Docker Hub's token server, which is another host than its registry, and always the same. */
const hubTokens = 'https://auth.docker.io/token';

/** Of those that only the node's logs name: each is a container of the kubelet's probe pod. */
const mostLoggedMirrors = 3;

/**
 * The hosts that a pull of this image goes through, as far as the evidence names them, the registry first: its token server (the realm of
 * its challenge), the storage that its blobs are redirected to, and the mirrors that the runtime named, in its message or in the node's
 * logs. Each host and port once, and none on the node itself.
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
    ...mirrorsInLogs(view, reference),
  ].flatMap((host) => host ?? []);
  const all = new Map([registry, ...others].reverse().map((host) => [`${host.host}:${host.port}`, host]));
  return [...all.values()].reverse();
}

/**
 * The newest ones first. A runtime goes on to the next host where a mirror fails, and tells of it in its log alone (containerd:
 * `trying next host`). An address is a mirror's where its query has an `ns` (containerd, core/remotes/docker/resolver.go), whose value the
 * evidence does not hold: so its path has to be this repository's.
 */
function mirrorsInLogs({ node }: ImageView, { repository }: Reference): readonly (ProbeHost | null)[] {
  const lines = node?.logs && 'value' in node.logs ? node.logs.value.lines : [];
  const urls = lines.toReversed().flatMap((line) => line.match(/https?:\/\/[^\s"'\\]+/g) ?? []);
  const mirrors = urls.filter((url) => /[?&]ns=/.test(url) && url.split('?', 1)[0]?.includes(`/v2/${repository}/`));
  const byHost = new Map(mirrors.map((url) => [URL.parse(url)?.host, url]));
  return [...byHost.values()].slice(0, mostLoggedMirrors).map((url) => hostOf('mirror', url));
}

function realmIn(registry: ImageRegistryFacts | null): string | undefined {
  const exchanges = (registry?.attempts ?? []).flatMap((attempt) => attempt.exchanges);
  const realm = exchanges.find(({ challenge }) => challenge?.scheme.toLowerCase() === 'bearer' && challenge.realm)?.challenge?.realm;
  return realm ?? exchanges.find(({ purpose }) => purpose === 'token')?.url;
}

/**
 * A URL that a server or a runtime named, without its query: nothing is sent along but the path. What a registry names is not to send the
 * kubelet to the node itself.
 */
function hostOf(role: ProbeHost['role'], text: string | undefined, path?: string): ProbeHost | null {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || isOfTheMachine(url.hostname)) return null;
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (scheme === 'http' ? 80 : 443);
  return { role, scheme, host, port, path: path ?? (/^\/[\w./~-]{0,300}$/.test(url.pathname) ? url.pathname : '/') };
}
