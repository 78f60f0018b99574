import { isIndex, isManifest } from '../../image/media-types.ts';
import { matchesPlatform } from '../../image/platform.ts';
import type { ImageRegistryFacts, NodePlatform } from '../../values/evidence.ts';
import { isNestedForCrio, servedContent } from '../served-content.ts';
import type { ImageView } from '../view.ts';
import { ok, type PullForecast, problem, unknown } from './result.ts';

type Manifest = NonNullable<ImageRegistryFacts['manifest']>;

/** The nodes that a pod could run on. */
export interface Places {
  readonly nodes: readonly NodePlatform[];
  /** There are more than were listed. */
  readonly cut: boolean;
}

/** The image can be read: is it one that the nodes can run, and is all of it there? What was not read is not vouched for. */
export function forecastContent(view: ImageView, places: Places): PullForecast {
  const served = servedContent(view);
  if (served) return { result: 'problem', finding: served };
  const manifest = view.registry?.manifest ?? null;
  if (!manifest || manifest.unread === 'manifest') return unknown;
  if (fitsNone(manifest, places)) return manifest.morePlatforms ? unknown : problem('platform-mismatch', places.cut ? 'likely' : 'certain');
  if (
    isNestedForCrio(
      manifest,
      places.nodes.map(({ runtime }) => runtime),
    )
  )
    return problem('unsupported-manifest', 'likely');
  const blob = forecastBlob(view.registry, manifest.sample === true);
  if (blob.result !== 'ok') return blob;
  const isKnown = isManifest(manifest.mediaType) || isIndex(manifest.mediaType);
  return manifest.unread === undefined && isKnown ? ok : unknown;
}

/** Of nodes that are not known, as of an image that does not say what it is for, nothing is said. */
function fitsNone({ platforms }: Manifest, { nodes }: Places): boolean {
  return nodes.length > 0 && platforms.length > 0 && !nodes.some(({ platform }) => platforms.some((one) => matchesPlatform(platform, one)));
}

/** @param sample what is missing from one image of an index need not be missing from that of the nodes */
function forecastBlob(registry: ImageRegistryFacts | null, sample: boolean): PullForecast {
  if (registry?.blob?.sizes) return problem('corrupt-layer', 'likely');
  if (!registry?.blob || registry.blob.fault) return unknown;
  const status = registry.blob.status ?? 0;
  if (status === 404) return problem('registry-blob-missing', deniesBlob(registry) && !sample ? 'certain' : 'likely');
  if (status >= 500) return problem('registry-unavailable', 'likely');
  return status >= 200 && status < 400 ? ok : unknown;
}

/** In the registry's own words: a storage host, or whatever stands before it, says 404 for reasons of its own. */
function deniesBlob({ attempts, blob }: ImageRegistryFacts): boolean {
  return attempts.some(({ exchanges }) =>
    exchanges.some(
      ({ status, url, errors }) =>
        status === 404 && url.endsWith(blob?.digest ?? ' ') && errors.some(({ code }) => code === 'BLOB_UNKNOWN'),
    ),
  );
}
