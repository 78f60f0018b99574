import type { Credential } from '../image/keyring.ts';
import { parseReference } from '../image/reference.ts';
import type { ImageAnswers } from '../registry/inspect-image.ts';
import type { Transport } from '../registry/transport.ts';
import type { ImageRegistryFacts, ImageSpec, Platform, Reference, RegistryFacts, Step } from '../values/evidence.ts';
import type { ProposalSources } from './proposals/propose.ts';
import type { Suggestion } from './proposals/suggested.ts';
import { type ImageLogins, imageKey } from './secrets.ts';
import { runStep } from './step.ts';

export interface RegistryOptions {
  /** For the whole step. */
  readonly timeoutMilliseconds: number;
  /** Ends it before. */
  readonly signal?: AbortSignal | undefined;
  /** Authorities to trust besides this machine's, as PEM. */
  readonly registryCa?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** false: nothing is contacted. */
  readonly enabled: boolean;
  /** The logins that the kubelet would try for another image; undefined: none. */
  readonly loginsFor?: ProposalSources['logins'];
  /** Where a name seems wrong, what may have been meant, which may still have to be waited for; undefined: that is not asked. */
  readonly proposals?: () => Promise<ProposalSources>;
}

/** Asks a registry about one image. */
export type Inspect = (reference: Reference, logins: readonly Credential[], node: Platform | null) => Promise<ImageAnswers>;

/** The step's own limit: a registry that cannot answer in this time is not waited for, whatever the run may take. */
const longestMilliseconds = 20_000;

/**
 * Asks the registries of the failing images, from this workstation, with every credential that the kubelet would try and with none. What it
 * finds about content and credentials holds anywhere; what it finds about the network holds here only. The same question is asked once.
 * @param shared asks instead, where many pods share what is asked
 */
export async function collectRegistry(
  images: readonly ImageSpec[],
  credentials: ImageLogins,
  node: Platform | null | Promise<Platform | null>,
  options: RegistryOptions,
  shared?: Inspect,
): Promise<Step<RegistryFacts>> {
  const skipped = (reason: string): Step<RegistryFacts> => ({ outcome: 'skipped', milliseconds: 0, reason });
  if (!options.enabled) return skipped('not to be asked: --no-registry');
  const readable = images.filter((image) => image.reference !== null);
  const misspelt = suggestionsOf(images);
  if (readable.length + misspelt.length === 0)
    return skipped(images.length === 0 ? 'no image fails to be pulled' : 'the name is not valid');
  const loginsFor = options.loginsFor ?? (() => []);
  const suggested = async (inspect: Inspect) =>
    misspelt.length === 0
      ? {}
      : { suggested: await (await import('./proposals/suggested.ts')).askSuggested(misspelt, inspect, loginsFor, await node) };
  if (shared)
    return runStep('', async () => ({ images: await inspectAll(shared, readable, credentials, await node), ...(await suggested(shared)) }));
  return runStep('', async () => {
    const [{ inspectImage }, { createTransport }] = await Promise.all([
      import('../registry/inspect-image.ts'),
      import('../registry/transport.ts'),
    ]);
    const transport = createTransport({ env: options.env, ca: options.registryCa, ...timeFor(options, longestMilliseconds) });
    try {
      const inspect: Inspect = (reference, logins, platform) => inspectImage(transport, reference, logins, platform);
      const [facts, names] = await Promise.all([inspectAll(inspect, readable, credentials, await node), suggested(inspect)]);
      return { images: await withProposals(facts, readable, transport, options.proposals), ...names };
    } finally {
      transport.close();
    }
  });
}

/** When what is asked of registries ends, and why. @param longest milliseconds */
export function timeFor({ timeoutMilliseconds, signal }: Pick<RegistryOptions, 'timeoutMilliseconds' | 'signal'>, longest: number) {
  const limit = AbortSignal.timeout(Math.max(1, Math.min(timeoutMilliseconds, longest)));
  return {
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    timeUp: timeoutMilliseconds < longest ? 'the time of the run was over (--timeout)' : `registries have ${longest / 1000} seconds`,
  };
}

/** The names that were put forward for invalid ones, but for those in which something is left to fill in. */
function suggestionsOf(images: readonly ImageSpec[]): readonly Suggestion[] {
  return images.flatMap(({ container, kind, invalid }) => {
    const parsed = invalid?.suggestion ? parseReference(invalid.suggestion) : null;
    if (!invalid?.suggestion || !parsed || !('reference' in parsed) || /[A-Z]/.test(parsed.reference.tag ?? '')) return [];
    return [{ container, kind, text: invalid.suggestion, reference: parsed.reference }];
  });
}

/** The loader keeps what is rarely needed out of the usual run. */
async function withProposals(
  facts: readonly ImageRegistryFacts[],
  images: readonly ImageSpec[],
  transport: Transport,
  sourcesOf: RegistryOptions['proposals'],
): Promise<readonly ImageRegistryFacts[]> {
  if (!sourcesOf || facts.every(({ attempts }) => attempts.some(({ result }) => result === 'found'))) return facts;
  const [{ propose }, { imageExists }, sources] = await Promise.all([
    import('./proposals/propose.ts'),
    import('../registry/image-exists.ts'),
    sourcesOf(),
  ]);
  return Promise.all(
    facts.map(async (answers) => {
      const image = images.find((image) => imageKey(image) === imageKey(answers));
      const proposals = image ? await propose(image, answers, sources, (...question) => imageExists(transport, ...question)) : [];
      return proposals.length === 0 ? answers : { ...answers, proposals };
    }),
  );
}

async function inspectAll(ask: Inspect, images: readonly ImageSpec[], credentials: ImageLogins, node: Platform | null) {
  const asked = new Map<string, Promise<ImageAnswers>>();
  const inspect = async (image: ImageSpec): Promise<readonly ImageRegistryFacts[]> => {
    const { container, kind, reference } = image;
    if (!reference) return [];
    const logins: readonly Credential[] = credentials.get(imageKey(image)) ?? [];
    const question = JSON.stringify([reference, logins.map(({ secret, key, user }) => [secret, key, user])]);
    const answers = asked.get(question) ?? ask(reference, logins, node);
    asked.set(question, answers);
    return [{ container, kind, ...(await answers) }];
  };
  return (await Promise.all(images.map(inspect))).flat();
}
