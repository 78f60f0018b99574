import type { Fix } from '../../values/verdict.ts';
import { count } from '../../words/amounts.ts';
import { mistakeWords } from '../../words/name-mistake.ts';
import { clip, list, sentences } from '../../words/text.ts';
import type { CatalogueEntry } from '../catalogue-entry.ts';
import {
  attemptsWith,
  capitalised,
  imageName,
  registryWords,
  tagOrDigest,
  theCredential,
  theNode,
  theRegistry,
  theRepository,
  unreadableSecrets,
} from '../facts.ts';
import { otherContent, proposalSentence, useProposals, useProposalsForDigest } from '../fix/proposals.ts';
import { givePullSecret } from '../fix/pull-secret.ts';
import { laterSecretsSentence, takeLaterSecrets } from '../fix/service-account.ts';
import { mendName, useSuggestion } from '../fix/suggestion.ts';
import { setImage } from '../fix/workload.ts';
import { registryProfile } from '../registries/registry-of.ts';
import { mayHideUpstream } from '../registries/upstream.ts';
import type { ImageView } from '../view.ts';

const invalidImageName: CatalogueEntry = {
  family: 'reference',
  title: 'the image name is not valid',
  retry: 'never',
  explanation(view) {
    const invalid = view.spec?.invalid;
    return sentences(
      `"${imageName(view)}" is not an image name${invalid ? `: ${clip(invalid.message)}` : ''}.`,
      invalid?.mistake ? `${clip(mistakeWords(invalid.mistake)).replace(/^i/, 'I')}.` : null,
      invalid?.suggestion ? `It may be meant as ${clip(invalid.suggestion)}.` : null,
    );
  },
  fixes(view) {
    const mistake = view.spec?.invalid?.mistake;
    return mistake ? mendName(view, mistake) : [useSuggestion(view)];
  },
};

const manifestNotFound: CatalogueEntry = {
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

const repositoryNotFound: CatalogueEntry = {
  family: 'reference',
  title: 'the repository does not exist',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view);
    return sentences(
      `${capitalised(theRegistry(view))} has no repository ${repositoryPath(view)}.`,
      words ? `It says: ${words}.` : null,
      cacheSentence(view),
      proposalSentence(view),
    );
  },
  fixes(view) {
    const { kind } = registryProfile(view.spec?.reference ?? null);
    const proposed = useProposals(view);
    const fixes: Fix[] = proposed.length > 0 ? [...proposed] : [setImage(view, null, 'correct the name of the repository')];
    if (kind === 'ecr')
      fixes.push({ title: 'check the account and the region in the host: each has repositories of its own', commands: [] });
    if (usesDockerHubByDefault(view)) {
      fixes.push({ title: 'name the registry as well: without one, Docker Hub is assumed', commands: [] });
    }
    return [...fixes, { title: 'or create the repository and push the image', commands: [] }];
  },
};

const notFoundOrDenied: CatalogueEntry = {
  family: 'reference',
  title: 'the repository is missing or access is denied',
  retry: 'never',
  explanation(view) {
    const credential = theCredential(view);
    const sent =
      view.credentials === null
        ? null
        : credential
          ? `It was asked as ${credential}.`
          : (unreadableSecrets(view) ?? 'No pull secret of the pod has a credential for it.');
    return sentences(
      `${capitalised(theRegistry(view))} does not say whether ${repositoryPath(view)} is missing or private.`,
      sent,
      laterSecretsSentence(view),
      proposalSentence(view),
      usesDockerHubByDefault(view) ? 'The image names no registry, so Docker Hub was assumed.' : null,
    );
  },
  fixes(view) {
    const proposed = useProposals(view);
    const correction = usesDockerHubByDefault(view) ? 'if it lies in another registry, name that' : 'if the name is wrong, correct it';
    const rename = proposed.length > 0 ? [] : [setImage(view, null, correction)];
    if (view.credentials && view.credentials.tries.length > 0) {
      return [
        ...proposed,
        {
          title: `if it is private, give ${theCredential(view) ?? 'the user'} the right to pull from ${theRepository(view)}`,
          commands: [],
        },
        ...rename,
      ];
    }
    const secret = givePullSecret(view);
    return [...takeLaterSecrets(view), ...proposed, ...rename, { ...secret, title: `if it is private, ${secret.title}` }];
  },
};

const shortNameUnresolved: CatalogueEntry = {
  family: 'reference',
  title: 'the short image name leads to no registry',
  retry: 'never',
  explanation: (view) =>
    `${imageName(view)} names no registry, and the configuration of ${theNode(view)} (registries.conf) does not decide which one is meant.`,
  fixes(view) {
    const name = view.container.image;
    const official = name.includes('/') ? name : `library/${name}`;
    return [
      setImage(view, `REGISTRY/${name}`, 'write the image with its registry'),
      setImage(view, `docker.io/${official}`, 'if it is from Docker Hub'),
    ];
  },
};

function nearestSentence({ registry, spec }: ImageView): string | null {
  const [first, ...others] = registry?.tags?.nearest ?? [];
  if (first === undefined) return null;
  const own = spec?.reference?.digest && first === spec.reference.tag;
  return own ? `The tag in its name, ${clip(first)}, is there, and is something else.` : `Nearest: ${list([first, ...others], 3)}.`;
}

/** What its "not found" would mean, were it a cache. */
function cacheSentence(view: ImageView): string | null {
  const denied = attemptsWith(view, 'manifest-unknown', 'repository-unknown').length > 0;
  return denied && mayHideUpstream(view) ? 'A pull-through cache says so, too, of what it could not get from its upstream.' : null;
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
          setImage(view, `${repository}@sha256:DIGEST`, 'and use a digest that exists'),
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

function repositoryPath(view: ImageView): string {
  return clip(view.spec?.reference?.repository ?? imageName(view));
}

function assumedLatest(view: ImageView): boolean {
  return (view.spec?.defaults ?? []).some((added) => added.includes('latest'));
}

function usesDockerHubByDefault(view: ImageView): boolean {
  return (view.spec?.defaults ?? []).some((added) => added.includes('docker.io'));
}

export const reference = {
  'invalid-image-name': invalidImageName,
  'manifest-not-found': manifestNotFound,
  'repository-not-found': repositoryNotFound,
  'not-found-or-denied': notFoundOrDenied,
  'short-name-unresolved': shortNameUnresolved,
};
