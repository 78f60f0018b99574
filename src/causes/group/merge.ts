import type { CauseCode } from '../../values/cause-code.ts';
import { catalogue } from '../catalogue.ts';
import type { Case } from './case.ts';

/** Causes that hold for an image wherever it is pulled and whoever pulls it. */
function isOfImage(code: CauseCode): boolean {
  const { family } = catalogue[code];
  return (family === 'reference' || family === 'content') && code !== 'not-found-or-denied' && code !== 'short-name-unresolved';
}

/**
 * Pods whose own evidence leaves it open (a kubelet that only says that it backs off, a registry step that got no answer) share the cause
 * of another pod that fails with the very image and of which it is certain, where they do not contradict it.
 */
export function adopt(cases: readonly Case[]): readonly Case[] {
  const certain = new Map<string, Case>();
  for (const item of cases) if (item.verdict.confidence === 'certain' && isOfImage(item.verdict.code)) certain.set(keyOf(item), item);
  return cases.map((item) => {
    const known = certain.get(keyOf(item));
    if (!known || known.verdict.code === item.verdict.code || !leavesOpen(item, known.verdict.code)) return item;
    return { ...item, subject: known.subject, verdict: { ...item.verdict, ...shared(known), confidence: 'likely' as const } };
  });
}

function shared({ verdict }: Case) {
  const { code, retry, explanation, fixes } = verdict;
  return { code, retry, explanation, fixes };
}

function keyOf({ view, verdict }: Case): string {
  const { reference } = verdict;
  return reference ? JSON.stringify([reference.registry, reference.repository, reference.tag, reference.digest]) : view.container.image;
}

function leavesOpen({ verdict, view }: Case, code: CauseCode): boolean {
  if (verdict.confidence === 'certain') return false;
  if (verdict.code === 'unknown') return view.reading === null;
  return verdict.alternatives.some((alternative) => alternative.code === code);
}
