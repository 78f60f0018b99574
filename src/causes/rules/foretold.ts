import type { CauseCode } from '../../values/cause-code.ts';
import { roomFor } from '../disk.ts';
import { forecastPull } from '../forecast/pull.ts';
import { verifiesCredentials } from '../kubelet-config.ts';
import { isPresent } from '../present-image.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { isManifestServed } from '../served-here.ts';
import { unreached } from '../unreached.ts';
import type { Finding, ImageView } from '../view.ts';

/** What is wrong with the image at its registry: the same for whoever asks. */
const inTheRegistry: ReadonlySet<CauseCode> = new Set([
  'manifest-not-found',
  'repository-not-found',
  'platform-mismatch',
  'unsupported-manifest',
  'registry-blob-missing',
  'corrupt-layer',
]);

const denied: ReadonlySet<CauseCode> = new Set([
  'not-found-or-denied',
  'auth-required',
  'auth-rejected',
  'auth-expired',
  'auth-forbidden',
  'pull-secret-missing',
  'pull-secret-malformed',
  'pull-secret-wrong-registry',
]);

/** Causes that a pull meets before it comes to what the registry holds. */
const before: ReadonlySet<CauseCode> = new Set<CauseCode>([
  ...unreached,
  'pull-secret-malformed',
  'never-pull',
  'rate-limited',
  'pull-throttled',
  'runtime-unavailable',
]);

/** What a pull that fails for this, or is under way, will meet next. Never certain: the node has not been heard on it. */
export function nextFault(view: ImageView, { code }: Finding): Finding | null {
  if (code === 'still-pulling' && roomFor(view)?.state === 'too-small')
    return { code: 'disk-full', confidence: 'likely', alternatives: [] };
  const isOver = denied.has(code) && isManifestServed(view);
  if (view.container.pull !== 'failing' || (!before.has(code) && !isOver)) return null;
  const found = expected(view);
  return found && found.code !== code && inTheRegistry.has(found.code) ? found : null;
}

/** How a pull will end that has not begun, as far as the registry's answers foretell a failure. */
export function foretold(view: ImageView): Finding | null {
  if (view.container.pullPolicy === 'Never' || (isPresent(view) && !verifiesCredentials(view))) return null;
  const found = expected(view);
  if (!found) return null;
  if (inTheRegistry.has(found.code)) return isPresent(view) ? null : found;
  return denied.has(found.code) && !mayBringItsOwn(view) ? found : null;
}

/** As an earlier cause stands between, or the pull has not been tried, nothing of it is certain. */
function expected(view: ImageView): Finding | null {
  const { node } = view;
  const nodes = node && node.unread === undefined ? [{ name: node.name, platform: node.platform, runtime: node.runtime }] : [];
  const { result, finding } = forecastPull(view, { nodes, cut: false });
  if (result !== 'problem' || !finding) return null;
  return finding.confidence === 'certain' ? { ...finding, confidence: 'likely' } : finding;
}

/** Nodes have credentials of their own for the registries of their cloud. */
function mayBringItsOwn({ credentials, spec }: ImageView): boolean {
  return (credentials?.tries.length ?? 0) === 0 && registryProfile(spec?.reference ?? null).nodeAccess !== null;
}
