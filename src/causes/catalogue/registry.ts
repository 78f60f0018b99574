import { command } from '../../words/shell.ts';
import { clip, sentences } from '../../words/text.ts';
import { capitalised, failingHost, imageName, registryWords, tagOrDigest, theFailingHost, theRegistry, theRepository } from '../facts.ts';
import { manifestUrl, pingUrl } from '../fix/manifest-url.ts';
import { pushName } from '../fix/push.ts';
import { retryNow, setImage } from '../fix/workload.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

const registryUnavailable: CatalogueEntry = {
  family: 'registry',
  title: 'the registry is failing',
  retry: 'wait',
  explanation(view) {
    const status = view.reading?.error.status;
    const words = registryWords(view);
    return sentences(
      `${capitalised(theFailingHost(view))} answered with ${status ? `status ${status}` : 'an error of its own'}: the fault is on its side.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes: (view) => [
    retryNow(view, 'wait for the registry to recover'),
    { title: 'where its name resolves, see what it answers to the same request', commands: [ask(manifestUrl(view))] },
    { title: 'if it is your own, look at its log and its storage', commands: [] },
  ],
};

const registryBlobMissing: CatalogueEntry = {
  family: 'registry',
  title: 'a layer is missing from the registry',
  retry: 'never',
  explanation(view) {
    const digest = /sha256:[0-9a-f]{64}/.exec(view.reading?.error.raw ?? '')?.[0];
    return `${capitalised(theRegistry(view))} has the manifest of ${imageName(view)}, but not ${digest ? `the content ${digest}` : 'a layer or configuration'} that it names.`;
  },
  fixes: (view) => [
    {
      title: 'push the image again, from a builder that still has all of its layers',
      commands: [`docker push ${pushName(view)}`],
    },
    setImage(view, null, 'or use another tag'),
    { title: "look into the registry's garbage collection and replication: they lost it", commands: [] },
  ],
};

const registryBadResponse: CatalogueEntry = {
  family: 'registry',
  title: "the answer is not a registry's",
  retry: 'never',
  explanation(view) {
    if (isOfTokens(view)) {
      const status = view.reading?.error.status;
      return `The token server that ${theRegistry(view)} names for logins, ${clip(failingHost(view) ?? '')}, answered with ${status ? `status ${status}` : 'something else than a token'}: it is none, or the registry names a wrong address of it.`;
    }
    const body = view.registry?.attempts.flatMap((attempt) => attempt.exchanges).find((exchange) => exchange.body !== null);
    const html = /html/i.test(body?.contentType ?? '') || /text\/html/.test(view.reading?.error.raw ?? '');
    return sentences(
      `${capitalised(theFailingHost(view))} answered with something that is not of the registry protocol${html ? ' (a web page)' : ''}.`,
      'A wrong host or path, a login page or a proxy answers like this.',
    );
  },
  fixes: (view) =>
    isOfTokens(view)
      ? [
          { title: 'see which address it names, behind realm= in WWW-Authenticate', commands: [ask(pingUrl(view))] },
          {
            title:
              "correct it in the registry's configuration: its realm (auth.token.realm), or the URL under which it is reached from outside",
            commands: [],
          },
        ]
      : [
          { title: 'see what answers: a registry says 200, 401 or 404 here, in JSON', commands: [ask(manifestUrl(view))] },
          setImage(view, null, "use the registry's own host, not that of its web pages"),
        ],
};

const proxyCacheUpstream: CatalogueEntry = {
  family: 'registry',
  title: 'the pull-through cache fails upstream',
  retry: 'never',
  explanation(view) {
    const words = registryWords(view);
    const what = tagOrDigest(view);
    return sentences(
      `${capitalised(theRegistry(view))} is a cache for another registry and could not get ${what ? `the ${what} of ${theRepository(view)}` : imageName(view)} from there.`,
      words ? `It says: ${words}.` : null,
    );
  },
  fixes: (view) => [
    { title: 'check the upstream of the cache: its address, its credential, its pull limit', commands: [] },
    { title: 'check that the image exists upstream, under the name without the prefix of the cache', commands: [] },
    setImage(view, null, 'until then, pull from the source itself'),
  ],
};

function isOfTokens({ reading }: ImageView): boolean {
  return reading?.error.stage === 'token';
}

function ask(url: string): string {
  return command('curl', '-sSi', url);
}

export const registry = {
  'registry-unavailable': registryUnavailable,
  'registry-blob-missing': registryBlobMissing,
  'registry-bad-response': registryBadResponse,
  'proxy-cache-upstream': proxyCacheUpstream,
};
