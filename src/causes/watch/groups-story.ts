import type { CauseGroup } from '../../values/group.ts';
import type { OverGroup, Watch } from '../../values/watch.ts';

/** What is remembered of a scan's watch from one look to the next. */
export interface GroupsStory {
  readonly watch: Watch & { readonly over: readonly OverGroup[] };
  readonly groups: readonly CauseGroup[];
}

/** As many are told; those that are longer over are let go. */
const mostOver = 20;

/** Groups that were there at the last look and are not any more: what they were about fails no longer, or for another reason. */
export function ended(before: readonly CauseGroup[], now: readonly CauseGroup[]): readonly CauseGroup[] {
  const left = new Set(now.map(keyOf));
  return before.filter((group) => !left.has(keyOf(group)) && !now.some((other) => shares(group, other)));
}

/** The story with one more look. @param over the groups that ended since the last one. Pure. */
export function tellGroups(before: GroupsStory | null, groups: readonly CauseGroup[], over: readonly OverGroup[], at: string): GroupsStory {
  const all = [...(before?.watch.over ?? []), ...over].slice(-mostOver);
  const state = groups.length > 0 ? 'failing' : all.length > 0 ? 'fixed' : 'healthy';
  const since = before?.watch.state === state ? before.watch.since : at;
  return { groups, watch: { state, begunAt: before?.watch.begunAt ?? at, since, first: null, changes: [], over: all } };
}

function keyOf({ code, subject }: CauseGroup): string {
  return JSON.stringify([code, subject.kind, subject.name, subject.node]);
}

/** Most of its pods still fail, under another name: what is known of them has changed, not they. */
function shares(group: CauseGroup, other: CauseGroup): boolean {
  const names = new Set(other.members.map(({ namespace, pod }) => `${namespace}/${pod}`));
  return group.members.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`)).length * 2 > group.members.length;
}
