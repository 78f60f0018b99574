import { isImageConfig, isIndex, isManifest, isSchema1 } from '../../image/media-types.ts';
import { shellQuote } from '../../words/shell.ts';
import { clip } from '../../words/text.ts';
import { imageName, theNode } from '../facts.ts';
import { makeAnew, pushName } from '../fix/push.ts';
import { setImage } from '../fix/workload.ts';
import { isPresent } from '../present-image.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const unsupportedManifest: CatalogueEntry = {
  family: 'content',
  title: 'not an image that this runtime can run',
  retry: 'never',
  explanation(view) {
    if (isNested(view))
      return `${imageName(view)} exists, but as an index that names a further index instead of an image, which the container runtime of ${theNode(view)} does not read (containerd does).`;
    const type = oddType(view);
    return `${imageName(view)} exists, but the container runtime of ${theNode(view)} cannot run it as an image${type ? `: it is of type ${clip(type)}` : ''}.`;
  },
  fixes(view) {
    if (isNested(view)) {
      return [
        { title: 'push it with an index that names its images themselves, one for each platform', commands: [] },
        setImage(view, null, "until then use the digest of the image for the node's platform (NAME@sha256:…)"),
      ];
    }
    const type = oddType(view);
    const rename = setImage(
      view,
      null,
      'use the name of an image: charts, signatures, models and other artifacts share registries with images',
    );
    const convert = makeAnew(
      view,
      'convert the image from the old format (schema 1), or build it anew',
      `skopeo copy --format v2s2 ${shellQuote(`docker://${view.container.image}`)} ${pushName(view, 'docker://')}`,
    );
    if (type !== null) return isSchema1(type) ? [convert] : [rename];
    if (saysSchema1(view)) return [convert];
    // What was pulled is not of a format that the runtime does not read.
    return view.container.pull === 'pulled' || isPresent(view) ? [rename] : [rename, convert];
  },
};

/** What is wrong with it is that, where nothing is wrong with the image at its end, and the runtime is not one that reads it. */
function isNested(view: ImageView): boolean {
  return view.registry?.manifest?.nested === true && oddType(view) === null && !view.node?.runtime.startsWith('containerd:');
}

/** The runtime's own words for it: containerd's and Docker's, or the media type. */
function saysSchema1({ reading }: ImageView): boolean {
  return /\bschema 1\b|manifest\.v1\+(?:pretty)?j/i.test(reading?.error.raw ?? '');
}

/** The media type that shows what it is instead of an image; null where it has those of an image. */
function oddType(view: ImageView): string | null {
  const { mediaType = null, configMediaType = null } = view.registry?.manifest ?? {};
  if (configMediaType !== null && !isImageConfig(configMediaType)) return configMediaType;
  return mediaType !== null && !isManifest(mediaType) && !isIndex(mediaType) ? mediaType : null;
}
