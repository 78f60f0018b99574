import { isImageConfig, isSchema1 } from '../../image/media-types.ts';
import { matchesPlatform } from '../../image/platform.ts';
import type { CauseCode } from '../../values/cause-code.ts';
import { nodeView } from '../probe/reading.ts';
import { replayOf } from '../registries/replay.ts';
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

/**
 * What the registry serves under this name, where it says more than the runtime did: the same bytes for everybody. Without the runtime's words something
 * else may fail first, unless the node was seen to be answered.
 */
export const content: Rule = (view, finding) => {
  const configType = view.registry?.manifest?.configMediaType;
  if (configType && !isImageConfig(configType) && (!finding || missedPart.has(finding.code))) {
    // An image volume may hold what no container runs: CRI-O mounts OCI artifacts (KEP-4639).
    if (view.container.kind === 'imageVolume' && !/^containerd:/.test(view.node?.runtime ?? '')) return finding;
    const isOwn = isOfTheNode(view);
    if (!isOwn && finding?.code === 'unsupported-manifest') return finding;
    const proved = isOwn && (finding !== null || nodeView(view)?.answered === true) && view.container.kind !== 'imageVolume';
    const open = isOwn || !finding ? [] : [alternative(finding.code)];
    return { code: 'unsupported-manifest', confidence: proved ? 'certain' : 'likely', alternatives: open };
  }
  if (configType && finding && unmade.has(finding.code)) return madeOf(view, finding, configType);
  if (!finding && view.registry?.manifest?.nested && isCrio(view.node?.runtime ?? ''))
    return { code: 'unsupported-manifest', confidence: 'likely', alternatives: [] };
  if (!finding && isSchema1(view.registry?.manifest?.mediaType ?? ''))
    return { code: 'unsupported-manifest', confidence: 'likely', alternatives: [] };
  if (!finding && platformDiffers(view)) return { code: 'platform-mismatch', confidence: 'likely', alternatives: [] };
  if (!servesPages(view)) return finding;
  // A page may be this workstation's own proxy or login: the node need not have seen it.
  if (!finding) return { code: 'registry-bad-response', confidence: 'possible', alternatives: [] };
  if (!missedPart.has(finding.code)) return finding;
  return { ...finding, confidence: 'likely', alternatives: [...finding.alternatives, alternative('registry-bad-response')] };
};

/** The node may hold what the tag was before, unless it is known to be the same. */
function madeOf(view: ImageView, finding: Finding, configType: string): Finding {
  const { code, alternatives } = finding;
  if (isImageConfig(configType))
    return isOfTheNode(view) ? { ...finding, alternatives: alternatives.filter((one) => one.code !== 'unsupported-manifest') } : finding;
  if (view.container.kind === 'imageVolume') return finding;
  const same = isSame(view);
  return { code: 'unsupported-manifest', confidence: same ? 'certain' : 'likely', alternatives: same ? [] : [alternative(code)] };
}

/** What was read is the image that the node pulls: where its platform is not known, another of the index stands for it. */
function isOfTheNode({ registry }: ImageView): boolean {
  return registry?.manifest?.sample !== true;
}

/** What the registry serves now is what the node has: by the digest in its name, or by what the kubelet says that it pulled. */
function isSame(view: ImageView): boolean {
  const { spec, container, registry } = view;
  if (!isOfTheNode(view)) return false;
  const digest = registry?.manifest?.digest ?? null;
  return spec?.reference?.digest != null || (digest !== null && container.imageId?.endsWith(`@${digest}`) === true);
}

/**
 * CRI-O reads no index within an index: "Unexpectedly received a manifest list instead of a manifest for a single image" (containers/image copy/single.go, copySingleImage).
 * @param runtime as the node reports it: `cri-o://1.34.1`
 */
export function isCrio(runtime: string): boolean {
  return runtime.startsWith('cri-o:');
}

/** The image that was found is for none of the platforms that the node runs. */
export function platformDiffers({ registry, node }: ImageView): boolean {
  const platforms = registry?.manifest?.platforms ?? [];
  return (
    node !== null &&
    node.unread === undefined &&
    !registry?.manifest?.morePlatforms &&
    platforms.length > 0 &&
    !platforms.some((platform) => matchesPlatform(node.platform, platform))
  );
}

/** A web page where a manifest should be: a login page, a proxy's notice. */
function servesPages(view: ImageView): boolean {
  const replay = replayOf(view);
  if (!replay || replay.found || !replay.has('bad-response')) return false;
  const manifests =
    view.registry?.attempts.flatMap((attempt) => attempt.exchanges.filter((exchange) => exchange.purpose === 'manifest')) ?? [];
  return manifests.some((exchange) => exchange.status === 200 && exchange.contentType?.startsWith('text/'));
}
