import { type Completion, completionLines, nothing, words } from '../complete/candidates.ts';
import { complete, targetTypes, type Wanted } from '../complete/complete.ts';
import { readTyped, type Typed } from '../complete/typed.ts';
import type { Io } from '../io.ts';
import type { CompleteRequest } from '../request.ts';

/** Nobody waits longer at a prompt: for the whole answer, the way to the cluster and credential plugins included. */
const limitMilliseconds = 2_000;

/**
 * `__complete WORD…`: what kubectl asks of `kubectl_complete-imagepull`. It is always answered with 0 and never with a word on stderr,
 * which would land in the middle of what the user types: where names cannot be had, there are none.
 */
export async function completeCommand({ words: argv }: CompleteRequest, io: Io): Promise<number> {
  const typed = readTyped(argv);
  io.stdout.write(completionLines(typed === null ? nothing : await completion(typed, io), typed?.prefix ?? '', typed?.head));
  return 0;
}

async function completion(typed: Typed, io: Io): Promise<Completion> {
  const answer = complete(typed);
  if ('candidates' in answer) return answer;
  return answer.what === 'causes' ? causes() : looked(answer, typed, io);
}

async function causes(): Promise<Completion> {
  const { catalogue } = await import('../../causes/catalogue.ts');
  return words(Object.entries(catalogue).map(([word, { title }]) => ({ word, description: title })));
}

async function looked(wanted: Wanted, typed: Typed, io: Io): Promise<Completion> {
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(limitMilliseconds)]);
  const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  try {
    const { names } = await import('../complete/names.ts');
    return words(await Promise.race([names(wanted, typed.words, typed.prefix, { ...io, signal }), ended]));
  } catch {
    return wanted.what === 'targets' && !typed.prefix.includes('/') ? words(targetTypes) : nothing;
  }
}
