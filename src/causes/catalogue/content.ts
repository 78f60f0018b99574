import { isImageConfig, isIndex, isManifest, isSchema1 } from '../../image/media-types.ts';
import { matchesPlatform } from '../../image/platform.ts';
import type { NodePlatform, Platform } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { shellQuote } from '../../words/shell.ts';
import { clip, list, sentences } from '../../words/text.ts';
import { capitalised, imageName, rawMessage, theNode, theRegistry } from '../facts.ts';
import { nodeRuntime } from '../fix/node.ts';
import { makeAnew, pushName } from '../fix/push.ts';
import { changePodSpec, retryNow, setImage } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

const platformMismatch: CatalogueEntry = {
  family: 'content',
  title: "no image for the node's platform",
  retry: 'never',
  explanation(view) {
    const offered = offeredPlatforms(view);
    return sentences(
      `${imageName(view)} is not made for the platform of ${theNode(view)}${view.node ? `, ${platformName(view.node.platform)}` : ''}.`,
      offered.length > 0 ? `It is made for ${list(offered, 6)}.` : null,
      nodesSentence(view),
    );
  },
  fixes(view) {
    const platform = view.node ? platformName(view.node.platform) : 'linux/ARCHITECTURE';
    return [
      makeAnew(
        view,
        `build the image for ${platform} as well`,
        `docker buildx build --platform ${[...new Set([...offeredPlatforms(view), platform])].map(shellQuote).join(',')} -t ${pushName(view)} --push .`,
      ),
      ...selectNodes(view),
      setImage(view, null, `or use an image that is made for ${platform}`),
    ];
  },
};

const unsupportedManifest: CatalogueEntry = {
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
    if (type === null) return [rename, convert];
    return isSchema1(type) ? [convert] : [rename];
  },
};

/** What is wrong with it is that, where nothing is wrong with the image at its end, and the runtime is not one that reads it. */
function isNested(view: ImageView): boolean {
  return view.registry?.manifest?.nested === true && oddType(view) === null && !view.node?.runtime.startsWith('containerd:');
}

const corruptLayer: CatalogueEntry = {
  family: 'content',
  title: 'the downloaded content is corrupt',
  retry: 'never',
  explanation(view) {
    const blob = view.registry?.blob;
    if (blob?.sizes)
      return `${capitalised(theRegistry(view))} does not have ${imageName(view)} as its manifest describes it: the content ${clip(blob.digest, 80)} has ${blob.sizes.served} bytes there, and the manifest says ${blob.sizes.manifest}.`;
    return `What ${theNode(view)} received of ${imageName(view)} is not what its manifest says: digest, size or archive format is wrong.`;
  },
  fixes: (view) => [
    { title: 'push the image again', commands: [`docker push ${pushName(view)}`] },
    ...(view.registry?.blob?.sizes ? [] : [lookBetween(view)]),
    retryNow(view),
  ],
};

function lookBetween(view: ImageView): Fix {
  const way = `${theNode(view)} and ${theRegistry(view)}`;
  return { title: `if other nodes get it right, look for a proxy or cache that changes content between ${way}`, commands: [] };
}

const signatureRejected: CatalogueEntry = {
  family: 'content',
  title: 'a signature policy rejects the image',
  retry: 'never',
  explanation(view) {
    const raw = rawMessage(view, 300);
    return sentences(
      `A policy on ${theNode(view)} does not let ${imageName(view)} run.`,
      raw ? `It says: ${raw.replace(/[.]+$/, '')}.` : null,
    );
  },
  fixes: (view) => [
    { title: 'sign the image with a key that the policy accepts', commands: [`cosign sign ${shellQuote(view.container.image)}`] },
    { title: `or correct the policy on ${theNode(view)}: ${policyPlace(view)}`, commands: [] },
  ],
};

/** The media type that shows what it is instead of an image; null where it has those of an image. */
function oddType(view: ImageView): string | null {
  const { mediaType = null, configMediaType = null } = view.registry?.manifest ?? {};
  if (configMediaType !== null && !isImageConfig(configMediaType)) return configMediaType;
  return mediaType !== null && !isManifest(mediaType) && !isIndex(mediaType) ? mediaType : null;
}

function platformName(platform: Platform): string {
  return clip([platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'), 60);
}

/** Those a person means: attestations are stored as the platform unknown/unknown. */
function offeredPlatforms(view: ImageView): string[] {
  return [...new Set((view.registry?.manifest?.platforms ?? []).map(platformName))].filter((name) => name !== 'unknown/unknown');
}

/** Keeps the workload on nodes that the image is made for, where the cluster has such nodes or may have them. */
function selectNodes(view: ImageView): Fix[] {
  const offered = (view.registry?.manifest?.platforms ?? []).filter((platform) => platform.os !== 'unknown');
  const fitting = fittingNodes(view);
  if (fitting?.length === 0) return [];
  const suited = fitting ? offered.filter((one) => fitting.some(({ platform }) => matchesPlatform(platform, one))) : offered;
  const [chosen, ...others] = suited;
  if (!chosen || (!fitting && others.length > 0)) return [];
  // The label of a node has no variant, and a node of the same architecture may run an image of an older one.
  const place = fitting?.find(({ platform }) => matchesPlatform(platform, chosen))?.platform ?? chosen;
  const nodeSelector = { 'kubernetes.io/arch': place.architecture, 'kubernetes.io/os': place.os };
  const names = fitting
    ? `: ${list(
        fitting.map(({ name }) => name),
        4,
      )}`
    : ', if the cluster has any';
  return [changePodSpec(view, { nodeSelector }, `or run it on ${platformName(place)} nodes only${names}`)];
}

/** The nodes that can run the image; null: they may not be read. */
function fittingNodes(view: ImageView): readonly NodePlatform[] | null {
  const known = view.node?.platforms;
  if (!known || 'obstacle' in known) return null;
  const offered = view.registry?.manifest?.platforms ?? [];
  return known.value.filter(({ platform }) => offered.some((one) => matchesPlatform(platform, one)));
}

/** What the nodes of the cluster have to do with it, where they are known. */
function nodesSentence(view: ImageView): string | null {
  const fitting = fittingNodes(view);
  if (!fitting) return null;
  return fitting.length === 0
    ? 'No node of this cluster can run it.'
    : `${list(
        fitting.map(({ name }) => name),
        4,
      )} can run it.`;
}

function policyPlace(view: ImageView): string {
  if (nodeRuntime(view) === 'cri-o') return '/etc/containers/policy.json';
  if (nodeRuntime(view) === 'containerd') return "the image verifiers in containerd's configuration";
  return "/etc/containers/policy.json (CRI-O) or the image verifiers in containerd's configuration";
}

export const content = {
  'platform-mismatch': platformMismatch,
  'unsupported-manifest': unsupportedManifest,
  'corrupt-layer': corruptLayer,
  'signature-rejected': signatureRejected,
};
