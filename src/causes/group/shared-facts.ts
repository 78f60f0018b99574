import { catalogue } from '../catalogue.ts';
import { secretsIn } from '../facts.ts';
import type { ImageView } from '../view.ts';
import type { Case } from './case.ts';

/**
 * The facts beside cause and subject that a verdict's sentence and fixes rely on: pods that differ in them are not mended by the same
 * words. A pod without a pull secret and one whose credential was refused may get the same answer from the same registry.
 */
export function sharedFacts({ verdict: { code, retry }, view }: Case): readonly unknown[] {
  if (code === 'pull-secret-missing') return [retry, names(view, 'missing')];
  if (code === 'pull-secret-malformed') return [retry, names(view, 'faulty')];
  const { family } = catalogue[code];
  const asksWho = family === 'credentials' || family === 'rate' || code === 'not-found-or-denied';
  return asksWho ? [retry, ...credentialFacts(view)] : [retry];
}

function names(view: ImageView, state: 'missing' | 'faulty'): readonly string[] {
  return secretsIn(view, state).map(({ name }) => name);
}

function credentialFacts({ secrets, credentials }: ImageView): readonly unknown[] {
  return [
    secrets.map(({ name, state }) => [name, state]),
    credentials && [credentials.tries.map(({ secret, key, user }) => [secret, key, user]), credentials.nearest],
  ];
}

/** Whether each member's own sentence is this one, but for the names of the pod and its node. */
export function isSaidOfAll(cases: readonly Case[]): boolean {
  return new Set(cases.map(neutral)).size === 1;
}

function neutral({ verdict, member, view }: Case): string {
  const own = [member.pod, member.namespace, member.container, member.node, view.pod.owner?.name].filter((name) => name);
  const words = new Set(own);
  return verdict.explanation.replace(/[\w.-]*\w/g, (word) => (words.has(word) ? '*' : word));
}
