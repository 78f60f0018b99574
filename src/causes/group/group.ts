import type { Confidence } from '../../values/cause-code.ts';
import type { CauseGroup, GroupSubject } from '../../values/group.ts';
import { type Case, casesOf, type Judged } from './case.ts';
import { adopt } from './merge.ts';
import { scopeOnTheWay } from './scope.ts';
import { isSaidOfAll, sharedFacts } from './shared-facts.ts';

/**
 * What is really broken, the thing that most pods suffer from first. It is decided with the evidence of all pods together, so that a group
 * may know more than each of its pods does: five pods that get no answer on one node are one node. Pure: the same evidence gives the same
 * groups.
 */
export function groupFailures(judged: readonly Judged[]): readonly CauseGroup[] {
  const cases = scopeOnTheWay(adopt(judged.flatMap(casesOf)));
  const groups = new Map<string, Case[]>();
  for (const item of cases) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map(groupOf).sort(biggestFirst);
}

function keyOf(item: Case): string {
  const { verdict, subject } = item;
  return JSON.stringify([verdict.code, subject.kind, subject.name, subject.node, sharedFacts(item)]);
}

const order: readonly Confidence[] = ['certain', 'likely', 'possible'];

function groupOf(cases: readonly Case[]): CauseGroup {
  const bySurety = [...cases].sort((a, b) => order.indexOf(a.verdict.confidence) - order.indexOf(b.verdict.confidence));
  const best = bySurety[0] as Case;
  const { code, retry, explanation, fixes } = best.verdict;
  // What is said of all holds for the one that least is known of.
  const { confidence } = (bySurety.at(-1) as Case).verdict;
  return {
    code,
    // That it is the node as a whole is concluded from its registries, not read.
    confidence: isConcluded(cases) && confidence === 'certain' ? 'likely' : confidence,
    retry,
    subject: { ...best.subject, ...whole(cases) },
    members: cases.map(({ member }) => member),
    since: cases.flatMap(({ since }) => since ?? []).sort()[0] ?? null,
    explanation,
    saidOfAll: isSaidOfAll(cases),
    fixes,
    example: best.member,
    ...(best.view.evidence.reachedBy && { reachedBy: best.view.evidence.reachedBy }),
  };
}

function isConcluded(cases: readonly Case[]): boolean {
  return cases.some(({ subject, registry }) => subject.kind === 'node' && registry !== cases[0]?.registry);
}

/**
 * A Secret of one name may be at fault in several namespaces; that a registry works elsewhere is known as soon as one member's evidence
 * shows it.
 */
function whole(cases: readonly Case[]): Pick<GroupSubject, 'namespaces' | 'worksElsewhere'> {
  return {
    namespaces: [...new Set(cases.flatMap(({ subject }) => subject.namespaces))].sort(),
    worksElsewhere: cases.some(({ subject }) => subject.worksElsewhere) || null,
  };
}

function biggestFirst(a: CauseGroup, b: CauseGroup): number {
  return podsOf(b) - podsOf(a) || a.code.localeCompare(b.code) || a.subject.name.localeCompare(b.subject.name);
}

function podsOf({ members }: CauseGroup): number {
  return new Set(members.map(({ namespace, pod }) => `${namespace}/${pod}`)).size;
}
