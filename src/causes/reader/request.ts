import type { LiftedName } from './lift.ts';
import type { PullError } from './pull-error.ts';

/** The registry that a reference names: Docker Hub where it names none (distribution/reference, normalize.go). */
function registryOf(image: string): string {
  const withoutTransport = image.replace(/^[a-z-]+:\/\//, '');
  const first = withoutTransport.split('/')[0] ?? '';
  if (!withoutTransport.includes('/') || !(/[.:]/.test(first) || first === 'localhost')) return 'docker.io';
  return first === 'index.docker.io' || first === 'registry-1.docker.io' ? 'docker.io' : first.toLowerCase();
}

/**
 * The request that failed: the last URL with a host that the text names. `mirrored` where it bears containerd's `ns` parameter, which
 * containerd adds only when it asks another host than the registry itself (core/remotes/docker/registry.go, isProxy).
 */
export function requestIn(names: readonly LiftedName[], image: string | null): PullError['request'] {
  const urls = names.filter(({ kind }) => kind === 'url');
  const chosen =
    urls.findLast(({ after }) => /^(?:get|head|post|put|to|code)$/.test(after)) ?? urls.find(({ text }) => /\/v2\/|token|auth/.test(text));
  if (!chosen) return hostIn(names, image);
  const match = /^https?:\/\/([^/?#\s]{1,300})([^?#]{0,4000})(?:\?([^#]{0,8000}))?/i.exec(chosen.text);
  if (!match?.[1]) return null;
  const host = match[1].replace(/^[^@]*@/, '').toLowerCase();
  const namespace = /(?:^|&)ns=([^&]*)/.exec(match[3] ?? '')?.[1];
  const hub = host === 'registry-1.docker.io' || host === 'index.docker.io';
  const method = /^(?:get|head|post|put)$/.test(chosen.after) ? chosen.after.toUpperCase() : null;
  return { method, url: withoutQuery(chosen.text), host, mirrored: namespace !== undefined && namespace !== host && !hub };
}

/** containerd before 1.6.25 named the host without a URL: `pulling from host mirror.example failed with status code …`. */
function hostIn(names: readonly LiftedName[], image: string | null): PullError['request'] {
  const host = names
    .find(({ after, kind }) => (after === 'host' || after === 'registry') && (kind === 'host' || kind === 'address' || kind === 'name'))
    ?.text.toLowerCase();
  if (!host) return null;
  const images = names.filter(({ after }) => after === 'image' || after === 'reference' || after === 'source').map(({ text }) => text);
  const registries = (image === null ? images : [...images, image]).map(registryOf);
  const known = registries.length === 0 || registries.includes(host === 'registry-1.docker.io' ? 'docker.io' : host);
  return { method: null, url: `https://${host}/v2/`, host, mirrored: !known };
}

/** A URL without user and password, and without the values of its query, which can hold signatures and tokens. */
function withoutQuery(url: string): string {
  const open = url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
  const question = open.indexOf('?');
  return question < 0 ? open : `${open.slice(0, question)}?${open.slice(question + 1).replace(/=[^&]*/g, '=…')}`;
}
