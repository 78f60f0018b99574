import type { ImageProbeFacts } from '../../values/evidence.ts';
import { tellsOfImage } from '../../values/pull-event.ts';

/** How the image itself was pulled when that was tried by a pod of its own (--try-pull); null: it was not, or nothing was heard of it. */
export function canaryOf(
  probe: ImageProbeFacts | null,
): { readonly pulled: boolean; readonly message: string; readonly at: string | null } | null {
  const answer = probe?.answers.find(({ prober, message }) => prober === 'canary' && message !== null);
  if (!answer?.message) return null;
  return { pulled: tellsOfImage(answer.message), message: answer.message, at: answer.at };
}
