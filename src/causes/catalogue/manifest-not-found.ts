import type { Fix } from '../../values/verdict.ts';
import { count } from '../../words/amounts.ts';
import { clip, list, sentences } from '../../words/text.ts';
import { attemptsWith, capitalised, imageName, tagOrDigest, theRepository } from '../facts.ts';
import { otherContent, proposalSentence, useProposals, useProposalsForDigest } from '../fix/proposals.ts';
import { setImage } from '../fix/workload.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { mayHideUpstream } from '../registries/upstream.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const manifestNotFound: CatalogueEntry = {
  family: 'reference',
  title: 'the tag or digest does not exist',
  retry: 'never',
  explanation(view) {
    const what = tagOrDigest(view);
    const tags = view.registry?.tags;
    const known = attemptsWith(view, 'manifest-unknown').length > 0;
    if (!what || !known) {
      const asked = `The registry answered that ${what ? `${what} of ${theRepository(view)}` : imageName(view)} was not found.`;
      return sentences(asked, attemptsWith(view, 'found').length > 0 ? 'Asked from here, it is there now.' : null);
    }
    if (tags?.listed) return `The list of tags of ${theRepository(view)} names ${what}, and there is no manifest of it.`;
    return sentences(
      `${capitalised(`the ${what}`)} does not exist in ${theRepository(view)}${tags ? `, which has ${tags.complete ? '' : 'at least '}${count(tags.count, 'tag')}` : ''}.`,
      nearestSentence(view),
      cacheSentence(view),
      assumedLatest(view) ? 'The image names no tag, so latest was assumed.' : null,
      proposalSentence(view),
    );
  },
  fixes(view) {
    const reference = view.spec?.reference;
    const tags = view.registry?.tags;
    const repository = reference ? writtenRepository(view) : null;
    const profile = registryProfile(reference ?? null);
    const candidates = [...new Set([...(tags?.nearest ?? []).slice(0, 2), ...(tags?.newest ? [tags.newest] : [])])];
    if (reference?.digest && repository) {
      const { corrected, others } = useProposalsForDigest(view);
      const own = candidates.filter((tag) => tag === reference.tag);
      return [...corrected, ...insteadOfDigest(view, repository, own.length > 0 ? own : candidates), ...others];
    }
    const changes: Fix[] = repository
      ? candidates.map((tag, index) => setImage(view, `${repository}:${tag}`, `${index === 0 ? 'use' : 'or'} ${tagTitle(tag, tags)}`))
      : [];
    if (changes.length === 0) {
      if (reference) changes.push({ title: 'see which tags there are', commands: [profile.listTags] });
      changes.push(setImage(view, repository ? `${repository}:TAG` : null, 'use a tag that exists'));
    }
    const what = tagOrDigest(view);
    return [...useProposals(view), ...changes, { title: what ? `or push the ${what}` : 'or push the image', commands: [] }];
  },
};

function nearestSentence({ registry, spec }: ImageView): string | null {
  const [first, ...others] = registry?.tags?.nearest ?? [];
  if (first === undefined) return null;
  const own = spec?.reference?.digest && first === spec.reference.tag;
  return own ? `The tag in its name, ${clip(first)}, is there, and is something else.` : `Nearest: ${list([first, ...others], 3)}.`;
}

function tagTitle(tag: string, tags: NonNullable<ImageView['registry']>['tags'] | undefined): string {
  if (tag === tags?.nearest[0]) return `the nearest tag, ${clip(tag)}`;
  return tag === tags?.newest ? `the highest tag, ${clip(tag)}` : clip(tag);
}

/** A digest was pinned so that nothing else runs: what keeps it comes first, and whatever else is offered is said to be something else. */
function insteadOfDigest(view: ImageView, repository: string, tags: readonly string[]): Fix[] {
  const others = tags.map((tag) =>
    setImage(
      view,
      `${repository}:${tag}`,
      `or use ${tag === view.spec?.reference?.tag ? `the tag in its name, ${clip(tag)}` : tagTitle(tag, view.registry?.tags)}: ${otherContent}`,
    ),
  );
  const digests = registryProfile(view.spec?.reference ?? null).listTags;
  return [
    { title: `push the ${tagOrDigest(view) ?? 'image'} again, if it was deleted`, commands: [] },
    ...(others.length > 0
      ? others
      : [
          { title: 'or see which tags there are', commands: [digests] },
          setImage(view, `${repository}@sha256:DIGEST`, 'then use a digest that exists'),
        ]),
  ];
}

/** The repository as the spec writes it: without the tag or digest, and without what was assumed. */
function writtenRepository(view: ImageView): string {
  const reference = view.spec?.reference;
  let name = view.container.image;
  if (reference?.digest && name.endsWith(`@${reference.digest}`)) name = name.slice(0, -(reference.digest.length + 1));
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

function assumedLatest(view: ImageView): boolean {
  return (view.spec?.defaults ?? []).some((added) => added.includes('latest'));
}

/** What its "not found" would mean, were it a cache. */
export function cacheSentence(view: ImageView): string | null {
  const denied = attemptsWith(view, 'manifest-unknown', 'repository-unknown').length > 0;
  return denied && mayHideUpstream(view) ? 'A pull-through cache says so, too, of what it could not get from its upstream.' : null;
}
