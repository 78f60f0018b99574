import type { Fix } from '../../values/verdict.ts';
import { mistakeWords } from '../../words/name-mistake.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, imageName, registryWords, theCredential, theNode, theRegistry, theRepository, unreadableSecrets } from '../facts.ts';
import { proposalSentence, useProposals, useProposalsAfterLogin } from '../fix/proposals.ts';
import { bringCredential } from '../fix/pull-secret.ts';
import { laterSecretsSentence, takeLaterSecrets } from '../fix/service-account.ts';
import { mendName, useSuggestion } from '../fix/suggestion.ts';
import { setImage } from '../fix/workload.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';
import { cacheSentence, manifestNotFound } from './manifest-not-found.ts';

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
    // Docker Hub was meant only by default where no registry was written.
    const { likely, elsewhere } = usesDockerHubByDefault(view)
      ? { likely: useProposals(view), elsewhere: [] }
      : useProposalsAfterLogin(view);
    const correction = usesDockerHubByDefault(view) ? 'if it lies in another registry, name that' : 'if the name is wrong, correct it';
    const rename = likely.length + elsewhere.length > 0 ? [] : [setImage(view, null, correction)];
    if (view.credentials && view.credentials.tries.length > 0) {
      return [
        ...likely,
        {
          title: `if it is private, give ${theCredential(view) ?? 'the user'} the right to pull from ${theRepository(view)}`,
          commands: [],
        },
        ...rename,
        ...elsewhere,
      ];
    }
    const [first, ...others] = bringCredential(view);
    const secrets = first ? [{ ...first, title: `if it is private, ${first.title}` }, ...others] : [];
    return [...takeLaterSecrets(view), ...likely, ...rename, ...secrets, ...elsewhere];
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

function repositoryPath(view: ImageView): string {
  return clip(view.spec?.reference?.repository ?? imageName(view));
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
