import type { CauseGroup, GroupEnd } from '../../values/group.ts';
import type { OverGroup, OwnerInNamespace, Watch, WatchState } from '../../values/watch.ts';

/** What is remembered of a scan's watch from one look to the next. */
export interface GroupsStory {
  readonly watch: Watch & { readonly over: readonly OverGroup[] };
  readonly groups: readonly CauseGroup[];
  /** Groups of which nothing fails any more, while not every image of their pods is there yet. */
  readonly open: readonly CauseGroup[];
}

/** A group that nothing fails of any more, with the members that this is said of. */
export interface Ending {
  readonly group: CauseGroup;
  readonly end: GroupEnd;
}

/** As many are told; those that are longer over are let go. */
const mostOver = 20;

/** As many are asked about at each look: of what breaks again and again in new ways, the newest. */
const mostOpen = 20;

/**
 * Groups that were there, or open, at the last look and of which few or none fail now, whatever the reason; with those of their members
 * that do not. Where at least half of the pods still fail, what is known of them has changed, not they. Pure.
 */
export function ended(before: Pick<GroupsStory, 'groups' | 'open'> | null, now: readonly CauseGroup[]): readonly CauseGroup[] {
  const left = new Set(now.map(keyOf));
  const failing = new Set(now.flatMap(({ members }) => members.map(podOf)));
  return [...(before?.open ?? []), ...(before?.groups ?? [])].flatMap((group) => {
    const members = group.members.filter((member) => !failing.has(podOf(member)));
    return left.has(keyOf(group)) || members.length * 2 <= group.members.length ? [] : [{ ...group, members }];
  });
}

/** The story with one more look. @param endings of the groups that `ended` named. Pure. */
export function tellGroups(before: GroupsStory | null, groups: readonly CauseGroup[], endings: readonly Ending[], at: string): GroupsStory {
  const open = endings.flatMap(({ group, end }) => (end.how === 'waiting' ? [group] : [])).slice(-mostOpen);
  const over = [...(before?.watch.over ?? []), ...endings.flatMap((ending) => overOf(ending, at))].slice(-mostOver);
  const state = stateOf(groups, open, over);
  const since = before?.watch.state === state ? before.watch.since : at;
  return { groups, open, watch: { state, begunAt: before?.watch.begunAt ?? at, since, first: null, changes: [], over } };
}

function stateOf(groups: readonly CauseGroup[], open: readonly CauseGroup[], over: readonly OverGroup[]): WatchState {
  if (groups.length > 0) return 'failing';
  if (open.length > 0) return 'waiting';
  return over.length > 0 ? 'fixed' : 'healthy';
}

function overOf({ group: { code, subject, members }, end }: Ending, at: string): readonly OverGroup[] {
  const { how, changes } = end;
  if (how === 'waiting') return [];
  const workloads = workloadsOf(members);
  const pods = new Set(members.map(podOf)).size;
  return [{ at, code, subject, pods, how, ...(workloads.length > 0 && { workloads }), ...(changes.length > 0 && { changes }) }];
}

/** As many are told. */
const mostWorkloads = 20;

function workloadsOf(members: CauseGroup['members']): readonly OwnerInNamespace[] {
  const owned = members.flatMap(({ namespace, owner }) => (owner === null ? [] : [{ namespace, ...owner }]));
  return [...new Map(owned.map((one) => [JSON.stringify(one), one])).values()].slice(0, mostWorkloads);
}

function keyOf({ code, subject }: CauseGroup): string {
  return JSON.stringify([code, subject.kind, subject.name, subject.node]);
}

function podOf({ namespace, pod }: CauseGroup['members'][number]): string {
  return `${namespace}/${pod}`;
}
