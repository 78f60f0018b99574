import { matchesPlatform } from '../../image/platform.ts';
import type { NodePlatform, Platform } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { shellQuote } from '../../words/shell.ts';
import { clip, list, sentences } from '../../words/text.ts';
import { imageName, theNode } from '../facts.ts';
import { makeAnew, pushName } from '../fix/push.ts';
import { changePodSpec, setImage } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const platformMismatch: CatalogueEntry = {
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
    return [buildAsWell(view, platform), ...selectNodes(view), setImage(view, null, `or use an image that is made for ${platform}`)];
  },
};

/** A push overwrites the tag: what it has now is built again, and where that is not known, it has to be filled in. */
function buildAsWell(view: ImageView, platform: string): Fix {
  const offered = offeredPlatforms(view);
  const isKnown = offered.length > 0;
  const all = isKnown ? [...new Set([...offered, platform])].map(shellQuote) : ['PRESENT_PLATFORMS', shellQuote(platform)];
  const first = `docker buildx imagetools inspect ${shellQuote(view.container.image)}`;
  const build = makeAnew(
    view,
    `build the image for ${platform} as well${isKnown ? '' : ' as for those that it has now (the first command shows them), which are lost otherwise'}`,
    `docker buildx build --platform ${all.join(',')} -t ${pushName(view)} --push .`,
  );
  return isKnown ? build : { ...build, commands: [first, ...build.commands] };
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
