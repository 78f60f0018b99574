import type { GroupSubject } from '../../values/group.ts';
import { isAnswer } from '../answer.ts';
import { verdictOf } from '../judge.ts';
import type { Case } from './case.ts';
import { isOnTheWay, subject } from './subject.ts';

/** So many registries that fail for one node alone are the node's fault, even where nothing shows that they work for others. */
const manyRegistries = 3;

/**
 * Decides, with all cases together, what lies between nodes and registries: a registry that several nodes fail to reach is the registry's
 * trouble, one that only one node fails to reach is said of this node alone, and a node that fails to reach several which others reach has
 * trouble of its own.
 */
export function scopeOnTheWay(cases: readonly Case[]): readonly Case[] {
  const reached = reachedBy(cases);
  const scoped = cases.map((item) =>
    item.subject.kind === 'registry' && isOnTheWay(item.verdict.code) ? oneNodes(item, cases, reached) : item,
  );
  return scoped.map((item) => nodesOwn(item, scoped, reached));
}

type Reached = ReadonlyMap<string, ReadonlySet<string>>;

/** Registry → nodes that got an answer from it, or run the very image from it. */
function reachedBy(cases: readonly Case[]): Reached {
  const reached = new Map<string, Set<string>>();
  for (const { verdict, registry, node, view } of cases) {
    if (registry === null) continue;
    const nodes = reached.get(registry) ?? new Set<string>();
    if (node !== null && isAnswer(verdict.code) && view.reading !== null) nodes.add(node);
    for (const other of view.neighbours?.sameImageWorks ?? []) if (other.node !== node) nodes.add(other.node);
    reached.set(registry, nodes);
  }
  return reached;
}

function oneNodes(item: Case, cases: readonly Case[], reached: Reached): Case {
  const { node } = item;
  const alike = cases.filter((other) => isAlike(item, other));
  if (node === null || alike.some((other) => other.node !== node)) return item;
  // It answered this very node about something else, and nobody fares better.
  const nodes = reached.get(item.subject.name);
  if (nodes?.has(node) && nodes.size === 1) return item;
  const elsewhere =
    (item.subject.name === item.registry && [...(reached.get(item.registry) ?? [])].some((other) => other !== node)) ||
    alike.some(({ view }) => (view.neighbours?.sameRegistryElsewhere.works ?? 0) > 0);
  const scoped = { ...item, subject: { ...item.subject, kind: 'registry-from-node', node, worksElsewhere: elsewhere || null } } as const;
  return elsewhere ? knowingElsewhere(scoped) : scoped;
}

/** One pod's evidence may not show that its registry serves others: its words and fixes are then other ones. */
function knowingElsewhere(item: Case): Case {
  const view = { ...item.view, worksElsewhere: true };
  const { explanation, fixes } = verdictOf(view, item.verdict);
  return { ...item, view, verdict: { ...item.verdict, explanation, fixes } };
}

function isAlike(a: Case, b: Case): boolean {
  return a.verdict.code === b.verdict.code && a.subject.kind === b.subject.kind && a.subject.name === b.subject.name;
}

function nodesOwn(item: Case, cases: readonly Case[], reached: Reached): Case {
  const { node } = item;
  if (node === null || item.subject.kind !== 'registry-from-node') return item;
  const here = cases.filter(
    (other) => other.node === node && other.subject.kind === 'registry-from-node' && other.verdict.code === item.verdict.code,
  );
  const registries = new Set(here.map((other) => other.subject.name));
  const spared = new Set(here.filter((other) => other.subject.worksElsewhere).map((other) => other.subject.name));
  const someAnswered = [...reached.values()].some((nodes) => nodes.has(node));
  if (someAnswered || (spared.size < 2 && registries.size < manyRegistries)) return item;
  const whole: GroupSubject = { ...subject('node', node), worksElsewhere: item.subject.worksElsewhere };
  return { ...item, subject: whole };
}
