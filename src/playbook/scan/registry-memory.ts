import { imageExists } from '../../registry/image-exists.ts';
import { type ImageAnswers, inspectImage } from '../../registry/inspect-image.ts';
import { sharingTransport } from '../../registry/sharing-transport.ts';
import { createTransport } from '../../registry/transport.ts';
import { turns } from '../../values/turns.ts';
import type { Exists } from '../proposals/propose.ts';
import { type Inspect, type RegistryOptions, timeFor } from '../registry.ts';

/** Images that are asked about at a time, and the longest that all of them may take. */
const inFlight = 8;
const longestMilliseconds = 60_000;

export interface RegistryMemory {
  readonly inspect: Inspect;
  /** Whether an image that may have been meant is there. */
  readonly exists: Exists;
  close(): void;
}

/**
 * Asks registries for a whole run: each distinct question once, whichever pods ask it, and a registry that cannot be reached from here only
 * once in all, for that it cannot be is the answer to any other question too. The first question to a registry therefore goes ahead of the
 * others.
 */
export function registryMemory(options: Pick<RegistryOptions, 'env' | 'registryCa' | 'timeoutMilliseconds' | 'signal'>): RegistryMemory {
  const transport = sharingTransport(
    createTransport({ env: options.env, ca: options.registryCa, ...timeFor(options, longestMilliseconds) }),
  );
  const turn = turns(inFlight);
  const { inspect, close } = rememberingRegistry(
    (reference, logins, node) => turn(() => inspectImage(transport, reference, logins, node)),
    () => transport.close(),
  );
  const exists = rememberingExists((...question) => turn(() => imageExists(transport, ...question)));
  return { inspect, exists, close };
}

function rememberingExists(ask: Exists): Exists {
  const answers = new Map<string, Promise<boolean>>();
  return (reference, logins) => {
    const question = JSON.stringify([reference, logins.map(({ secret, key, user, password }) => [secret, key, user, password])]);
    const answer = answers.get(question) ?? ask(reference, logins);
    answers.set(question, answer);
    return answer;
  };
}

/** @param ask answers one question, about one image */
export function rememberingRegistry(ask: Inspect, close: () => void): Omit<RegistryMemory, 'exists'> {
  const answers = new Map<string, Promise<ImageAnswers>>();
  const openings = new Map<string, Promise<ImageAnswers>>();

  const inspect: Inspect = (reference, logins, node) => {
    // The passwords are part of the question: Secrets of one name in two namespaces may differ. They stay in this map.
    const question = JSON.stringify([reference, logins.map(({ secret, key, user, password }) => [secret, key, user, password]), node]);
    const known = answers.get(question);
    if (known) return known;
    const opening = openings.get(reference.registry);
    const answer = opening ? afterOpening(opening, () => ask(reference, logins, node)) : ask(reference, logins, node);
    if (!opening) openings.set(reference.registry, answer);
    answers.set(question, answer);
    return answer;
  };
  return { inspect, close };
}

async function afterOpening(opening: Promise<ImageAnswers>, ask: () => Promise<ImageAnswers>): Promise<ImageAnswers> {
  const first = await opening.catch(() => null);
  return first && isUnreachable(first) ? { ...first, attempts: first.attempts.filter(({ credential }) => credential === null) } : ask();
}

/** Nothing was heard from the registry at all. */
function isUnreachable({ attempts }: ImageAnswers): boolean {
  return attempts.length > 0 && attempts.every(({ result }) => result === 'unreachable');
}
