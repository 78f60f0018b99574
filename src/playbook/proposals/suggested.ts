import type { Credential } from '../../image/keyring.ts';
import type { ImageAnswers } from '../../registry/inspect-image.ts';
import type { AttemptResult, ImageSpec, Platform, Reference, SuggestedImage } from '../../values/evidence.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import type { Inspect } from '../registry.ts';

/** A name that was put forward for an invalid one. */
export interface Suggestion extends Pick<ImageSpec, 'container' | 'kind'> {
  /** As it was put forward. */
  readonly text: string;
  readonly reference: Reference;
}

/** The best first: what one credential opens, the image is there for. */
const order: readonly AttemptResult[] = ['found', 'manifest-unknown', 'repository-unknown', 'not-found'];

/** What the registries say of each, to the pod's credentials and to none. */
export async function askSuggested(
  suggestions: readonly Suggestion[],
  inspect: Inspect,
  loginsFor: (reference: Reference) => readonly Credential[],
  node: Platform | null,
): Promise<readonly SuggestedImage[]> {
  return Promise.all(
    suggestions.map(async ({ container, kind, text, reference }) => {
      const answers = await inspect(reference, usesPullSecrets(kind) ? loginsFor(reference) : [], node);
      return { container, kind, reference: text, result: bestResult(answers), nearest: answers.tags?.nearest ?? [] };
    }),
  );
}

function bestResult({ attempts }: ImageAnswers): AttemptResult {
  const results = attempts.map(({ result }) => result);
  return order.find((result) => results.includes(result)) ?? results[0] ?? 'unreachable';
}
