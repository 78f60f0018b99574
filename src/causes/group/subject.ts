import { formatReference } from '../../image/reference.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import type { GroupSubject } from '../../values/group.ts';
import { catalogue } from '../catalogue.ts';
import { failingHost, registryHost, secretsIn, suspectCredential } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** Causes that lie on a node, whatever is pulled. */
const onNode: ReadonlySet<CauseCode> = new Set([
  'disk-full',
  'pull-throttled',
  'runtime-unavailable',
  'content-store-damaged',
  'unpack-failed',
]);

/** Causes that are the registry's own, the same for every node. */
const ofRegistry: ReadonlySet<CauseCode> = new Set([
  'auth-required',
  'rate-limited',
  'registry-address-blocked',
  'registry-unavailable',
  'registry-bad-response',
  'proxy-cache-upstream',
]);

const ofRepository: ReadonlySet<CauseCode> = new Set(['repository-not-found', 'not-found-or-denied', 'auth-forbidden']);

const ofSecret: ReadonlySet<CauseCode> = new Set([
  'pull-secret-missing',
  'pull-secret-malformed',
  'pull-secret-wrong-registry',
  'auth-rejected',
  'auth-expired',
]);

/** Causes on the way between a node and a registry: their subject depends on who else is hit. */
const onTheWay: ReadonlySet<string> = new Set(['network', 'tls']);

/** Whether this cause may be one node's, one registry's, or lie between the two. */
export function isOnTheWay(code: CauseCode): boolean {
  return code === 'pull-stalled' || onTheWay.has(catalogue[code].family);
}

/** What is broken, as one pod's evidence shows it: pods with the same subject and code belong together. */
export function subjectOf(code: CauseCode, view: ImageView): GroupSubject {
  const { container, pod } = view;
  const image = subject('image', view.spec?.reference ? formatReference(view.spec.reference) : container.image);
  const host = registryHost(view);
  if (onNode.has(code)) return pod.node === null ? image : subject('node', pod.node);
  if (code === 'mirror-misconfigured') return subject('mirror', failingHost(view) ?? container.image);
  if (isOnTheWay(code)) return subject('registry', failingHost(view) ?? container.image);
  if (ofSecret.has(code)) {
    const secret = secretName(code, view);
    if (secret !== null) return { ...subject('secret', secret), namespaces: [pod.namespace] };
    return host === null ? image : subject('registry', host);
  }
  if (ofRegistry.has(code) && host !== null) return subject('registry', code === 'rate-limited' ? host : (failingHost(view) ?? host));
  if (ofRepository.has(code) && view.spec?.reference) return subject('repository', `${host}/${view.spec.reference.repository}`);
  return image;
}

function secretName(code: CauseCode, view: ImageView): string | null {
  if (code === 'pull-secret-missing') return secretsIn(view, 'missing')[0]?.name ?? null;
  if (code === 'pull-secret-malformed') return secretsIn(view, 'faulty')[0]?.name ?? null;
  if (code === 'pull-secret-wrong-registry') return view.credentials?.nearest?.secret ?? secretsIn(view, 'usable')[0]?.name ?? null;
  return suspectCredential(view)?.secret ?? null;
}

export function subject(kind: GroupSubject['kind'], name: string): GroupSubject {
  return { kind, name, namespaces: [], node: null, worksElsewhere: null };
}
