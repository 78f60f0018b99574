import type { Credential } from '../../image/keyring.ts';
import type { Presence } from '../../registry/presence.ts';
import { bestResult, resultKind } from '../../values/best-result.ts';
import type { AttemptResult, ImageSpec, Reference, RegistryFacts, Step } from '../../values/evidence.ts';
import { turns } from '../../values/turns.ts';
import { collectRegistry, type RegistryOptions } from '../registry.ts';
import { type ImageLogins, imageKey } from '../secrets.ts';

interface Question {
  readonly images: readonly ImageSpec[];
  readonly credentials: ImageLogins;
  readonly answer: Promise<Step<RegistryFacts>>;
  /** In which round it was asked last. */
  round: number;
}

export interface RegistryAnswers {
  /** As collectRegistry, but the same question is asked once for as long as the registry does not answer otherwise. */
  readonly collect: typeof collectRegistry;
  /** What is not asked in the round that begins now is forgotten after it. */
  nextRound(): void;
  /**
   * Asks by HEAD alone whether the registry would answer the last questions otherwise by now.
   * @returns what it says where that is so, and then forgets the old answers
   */
  recheck(options: RecheckOptions): Promise<readonly RegistryChange[]>;
}

type RecheckOptions = Pick<RegistryOptions, 'env' | 'registryCa' | 'signal'>;

/** An image that the registry says something else of. */
export interface RegistryChange {
  readonly image: string;
  readonly before: AttemptResult;
  readonly now: AttemptResult;
}

/** For one look at all registries. Milliseconds. */
const longest = 20_000;

/** Questions to registries that are under way at a time. */
const atATime = 8;

/** What registries answered during a watch. The passwords are part of a question and stay in here. */
export function registryAnswers(): RegistryAnswers {
  const known = new Map<string, Question>();
  let round = 0;

  function remember(key: string, question: Question): Question {
    known.set(key, question);
    void question.answer.then((step) => {
      if (!isLasting(step)) known.delete(key);
    });
    return question;
  }

  return {
    async collect(images, credentials, node, options, shared) {
      const platform = await node;
      const key = JSON.stringify([images, [...credentials], platform, options.enabled]);
      const ask = () => collectRegistry(images, credentials, platform, options, shared);
      const question = known.get(key) ?? remember(key, { images, credentials, answer: ask(), round });
      question.round = round;
      return question.answer;
    },
    nextRound() {
      round++;
      for (const [key, question] of known) if (question.round < round - 1) known.delete(key);
    },
    async recheck(options) {
      const asked = [...known].filter(([, { images }]) => images.length > 0);
      if (asked.length === 0) return [];
      const latest = Math.max(...asked.map(([, question]) => question.round));
      return asking(options, async (ask) => {
        const changes = await Promise.all(
          asked.map(async ([key, question]) => {
            const found = question.round === latest ? await changesOf(question, ask) : [];
            if (found.length > 0) known.delete(key);
            return found;
          }),
        );
        return [...new Map(changes.flat().map((change) => [change.image, change])).values()];
      });
    },
  };
}

/** Whether an answer stands until the registry gives another: not where there was none, or no time to wait for it. */
function isLasting(step: Step<RegistryFacts>): boolean {
  if (step.outcome !== 'done') return step.outcome === 'skipped';
  return step.facts.images.every(({ attempts }) => attempts.every(({ result }) => result !== 'not-asked'));
}

type Ask = (reference: Reference, logins: readonly Credential[]) => Promise<Presence | null>;

/** Lends a way to ask, each distinct question once. */
async function asking<T>({ env, registryCa, signal }: RecheckOptions, work: (ask: Ask) => Promise<T>): Promise<T> {
  const [{ presence }, { createTransport }] = await Promise.all([
    import('../../registry/presence.ts'),
    import('../../registry/transport.ts'),
  ]);
  const limit = AbortSignal.timeout(longest);
  const ending = signal ? AbortSignal.any([signal, limit]) : limit;
  const transport = createTransport({ env, ca: registryCa, signal: ending });
  const answers = new Map<string, Promise<Presence | null>>();
  const turn = turns(atATime);
  const ask: Ask = (reference, logins) => {
    const key = JSON.stringify([reference, logins]);
    const answer = answers.get(key) ?? turn(async () => (ending.aborted ? null : presence(transport, reference, logins)));
    answers.set(key, answer);
    // What the end of the time cut off is no answer.
    return answer.then((said) => (ending.aborted ? null : said));
  };
  try {
    return await work(ask);
  } finally {
    transport.close();
  }
}

async function changesOf({ images, credentials, answer }: Question, ask: Ask): Promise<readonly RegistryChange[]> {
  const step = await answer;
  if (step.outcome !== 'done') return [];
  const all = await Promise.all(
    step.facts.images.map(async (before) => {
      const image = images.find((candidate) => imageKey(candidate) === imageKey(before));
      if (!image?.reference) return [];
      const now = await ask(image.reference, credentials.get(imageKey(image)) ?? []);
      const change = now && changeOf(before, now);
      return change ? [{ image: image.image, ...change }] : [];
    }),
  );
  return all.flat();
}

/** HEAD tells less than the whole conversation did: only kinds of answers are compared, and which manifest it is where both name it. */
function changeOf(before: RegistryFacts['images'][number], now: Presence): Omit<RegistryChange, 'image'> | null {
  const results = before.attempts.map(({ result }) => result);
  const best = bestResult(results);
  const better = bestResult(now.results);
  // Of the second the body would have to be read; and what was none by its body HEAD calls a manifest again, unless it names it.
  if (best === 'bad-response' && better === 'found' && now.digest === null) return null;
  if (better === 'not-asked' || better === 'bad-response') return null;
  const moved = before.manifest?.digest != null && now.digest !== null && before.manifest.digest !== now.digest;
  return moved || resultKind(best) !== resultKind(better) ? { before: best, now: better } : null;
}
