import type { Presence } from '../../registry/presence.ts';
import { bestResult, resultKind } from '../../values/best-result.ts';
import type { AttemptResult, ImageSpec, RegistryFacts, Step } from '../../values/evidence.ts';
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
  /** Asks by HEAD alone whether the registry would answer the last questions otherwise by now. @returns what it says where that is so, and then forgets the old answers */
  recheck(options: Pick<RegistryOptions, 'env' | 'registryCa' | 'signal'>): Promise<readonly RegistryChange[]>;
}

/** An image that the registry says something else of. */
export interface RegistryChange {
  readonly image: string;
  readonly before: AttemptResult;
  readonly now: AttemptResult;
}

/** For one look at all registries. Milliseconds. */
const longest = 20_000;

/** What registries answered during a watch. The passwords are part of a question and stay in here. */
export function registryAnswers(): RegistryAnswers {
  const known = new Map<string, Question>();
  let round = 0;
  return {
    collect(images, credentials, node, options, shared) {
      const key = JSON.stringify([images, [...credentials], node, options.enabled]);
      const question = known.get(key) ?? {
        images,
        credentials,
        answer: collectRegistry(images, credentials, node, options, shared),
        round,
      };
      question.round = round;
      known.set(key, question);
      return question.answer;
    },
    nextRound() {
      round++;
      for (const [key, question] of known) if (question.round < round - 1) known.delete(key);
    },
    async recheck(options) {
      const current = [...known].filter(([, question]) => question.round === round);
      const changes = await Promise.all(
        current.map(async ([key, question]) => {
          const found = await changesOf(question, options);
          if (found.length > 0) known.delete(key);
          return found;
        }),
      );
      return changes.flat();
    },
  };
}

async function changesOf(
  { images, credentials, answer }: Question,
  { env, registryCa, signal }: Pick<RegistryOptions, 'env' | 'registryCa' | 'signal'>,
): Promise<readonly RegistryChange[]> {
  const step = await answer;
  if (step.outcome !== 'done' || step.facts.images.length === 0) return [];
  const [{ presence }, { createTransport }] = await Promise.all([
    import('../../registry/presence.ts'),
    import('../../registry/transport.ts'),
  ]);
  const limit = AbortSignal.timeout(longest);
  const transport = createTransport({ env, ca: registryCa, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  try {
    const all = await Promise.all(
      step.facts.images.map(async (before) => {
        const image = images.find((candidate) => imageKey(candidate) === imageKey(before));
        if (!image?.reference) return [];
        const now = await presence(transport, image.reference, credentials.get(imageKey(image)) ?? []);
        const change = now && !limit.aborted && !signal?.aborted ? changeOf(before, now) : null;
        return change ? [{ image: image.image, ...change }] : [];
      }),
    );
    return all.flat();
  } finally {
    transport.close();
  }
}

/** HEAD tells less than the whole conversation did: only kinds of answers are compared, and which manifest it is where both name it. */
function changeOf(before: RegistryFacts['images'][number], now: Presence): Omit<RegistryChange, 'image'> | null {
  const results = before.attempts.map(({ result }) => result);
  const best = bestResult(results);
  const better = bestResult(now.results);
  if (better === 'not-asked') return null;
  const moved = before.manifest?.digest != null && now.digest !== null && before.manifest.digest !== now.digest;
  return moved || resultKind(best) !== resultKind(better) ? { before: best, now: better } : null;
}
