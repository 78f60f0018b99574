import { isImageConfig } from '../../image/media-types.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import { isArtifact, isOfTheNode, mayMount, servedContent, servesPages } from '../served-content.ts';
import { alternative } from '../tell-apart.ts';
import type { Finding, ImageView } from '../view.ts';
import type { Rule } from './rule.ts';

/** Texts that a wrong kind of answer leaves behind: the runtime looks for an image in it and misses some part. */
const missedPart: ReadonlySet<CauseCode> = new Set([
  'registry-blob-missing',
  'manifest-not-found',
  'unsupported-manifest',
  'unknown',
  'corrupt-layer',
]);

/** What a runtime finds on the node of what has no layers to unpack. */
const unmade: ReadonlySet<CauseCode> = new Set(['content-store-damaged', 'unpack-failed']);

/** What the registry serves under this name, where it says more than the runtime did. */
export const content: Rule = (view, finding) => {
  if (!finding) return servedContent(view);
  const manifest = view.registry?.manifest ?? null;
  if (isArtifact(manifest) && missedPart.has(finding.code)) return artifact(view, finding);
  if (manifest?.configMediaType && unmade.has(finding.code)) return madeOf(view, finding, manifest.configMediaType);
  if (!servesPages(view) || !missedPart.has(finding.code)) return finding;
  return { ...finding, confidence: 'likely', alternatives: [...finding.alternatives, alternative('registry-bad-response')] };
};

function artifact(view: ImageView, finding: Finding): Finding {
  const isOwn = isOfTheNode(view);
  if (mayMount(view) || (!isOwn && finding.code === 'unsupported-manifest')) return finding;
  const proved = isOwn && view.container.kind !== 'imageVolume';
  return {
    code: 'unsupported-manifest',
    confidence: proved ? 'certain' : 'likely',
    alternatives: isOwn ? [] : [alternative(finding.code)],
  };
}

/** The node may hold what the tag was before, unless it is known to be the same. */
function madeOf(view: ImageView, finding: Finding, configType: string): Finding {
  const { code, alternatives } = finding;
  if (isImageConfig(configType))
    return isOfTheNode(view) ? { ...finding, alternatives: alternatives.filter((one) => one.code !== 'unsupported-manifest') } : finding;
  if (view.container.kind === 'imageVolume') return finding;
  const same = isSame(view);
  return { code: 'unsupported-manifest', confidence: same ? 'certain' : 'likely', alternatives: same ? [] : [alternative(code)] };
}

/** What the registry serves now is what the node has: by the digest in its name, or by what the kubelet says that it pulled. */
function isSame(view: ImageView): boolean {
  const { spec, container, registry } = view;
  if (!isOfTheNode(view)) return false;
  const digest = registry?.manifest?.digest ?? null;
  return spec?.reference?.digest != null || (digest !== null && container.imageId?.endsWith(`@${digest}`) === true);
}
