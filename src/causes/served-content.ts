import { isImageConfig, isSchema1 } from '../image/media-types.ts';
import { matchesPlatform } from '../image/platform.ts';
import type { ImageRegistryFacts } from '../values/evidence.ts';
import { nodeView } from './probe/reading.ts';
import { replayOf } from './registries/replay.ts';
import type { Finding, ImageView } from './view.ts';

type Manifest = ImageRegistryFacts['manifest'];

/**
 * What is wrong with what the registry serves under this name, the same bytes for everybody, without a word of the runtime: something else
 * may fail first, unless the node was seen to be answered. null: nothing is known to be.
 */
export function servedContent(view: ImageView): Finding | null {
  const manifest = view.registry?.manifest ?? null;
  if (isArtifact(manifest)) {
    if (mayMount(view)) return null;
    const proved = isOfTheNode(view) && nodeView(view)?.answered === true && view.container.kind !== 'imageVolume';
    return { code: 'unsupported-manifest', confidence: proved ? 'certain' : 'likely', alternatives: [] };
  }
  const isUnread = isNestedForCrio(manifest, [view.node?.runtime]) || isSchema1(manifest?.mediaType ?? '');
  if (isUnread) return { code: 'unsupported-manifest', confidence: 'likely', alternatives: [] };
  if (platformDiffers(view)) return { code: 'platform-mismatch', confidence: 'likely', alternatives: [] };
  // A page may be this workstation's own proxy or login: the node need not have seen it.
  return servesPages(view) ? { code: 'registry-bad-response', confidence: 'possible', alternatives: [] } : null;
}

/** Its configuration is none of an image. */
export function isArtifact(manifest: Manifest): boolean {
  const type = manifest?.configMediaType;
  return type != null && !isImageConfig(type);
}

/** An image volume may hold what no container runs: CRI-O mounts OCI artifacts (KEP-4639). */
export function mayMount({ container, node }: ImageView): boolean {
  return container.kind === 'imageVolume' && !/^containerd:/.test(node?.runtime ?? '');
}

/** What was read is the image that the node pulls: where its platform is not known, another of the index stands for it. */
export function isOfTheNode({ registry }: ImageView): boolean {
  return registry?.manifest?.sample !== true;
}

/**
 * An index within an index, and nodes of CRI-O alone, which reads none: "Unexpectedly received a manifest list instead of a manifest for a
 * single image" (containers/image copy/single.go, copySingleImage).
 * @param runtimes of the nodes, as they report them: `cri-o://1.34.1`
 */
export function isNestedForCrio(manifest: Manifest, runtimes: readonly (string | undefined)[]): boolean {
  return manifest?.nested === true && runtimes.length > 0 && runtimes.every((runtime) => runtime?.startsWith('cri-o:'));
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
export function servesPages(view: ImageView): boolean {
  const replay = replayOf(view);
  if (!replay || replay.found || !replay.has('bad-response')) return false;
  const manifests =
    view.registry?.attempts.flatMap((attempt) => attempt.exchanges.filter((exchange) => exchange.purpose === 'manifest')) ?? [];
  return manifests.some((exchange) => exchange.status === 200 && exchange.contentType?.startsWith('text/'));
}
