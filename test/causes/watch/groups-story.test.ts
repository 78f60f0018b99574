import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ended, tellGroups } from '../../../src/causes/watch/groups-story.ts';
import { renderScanWatch } from '../../../src/report/watch/scan-words.ts';
import type { CauseGroup, GroupEnd, GroupMember } from '../../../src/values/group.ts';

const group = (name: string, ...pods: readonly string[]): CauseGroup => {
  const members = pods.map(
    (pod): GroupMember => ({
      namespace: 'shop',
      pod,
      container: 'app',
      image: name,
      node: null,
      owner: null,
      code: 'manifest-not-found',
      confidence: 'certain',
    }),
  );
  const subject = { kind: 'image', name, namespaces: [], node: null, worksElsewhere: null } as const;
  return { code: 'manifest-not-found', subject, members } as unknown as CauseGroup;
};
const before = (...groups: readonly CauseGroup[]) => ({ groups, open: [] });
const told = (groups: readonly CauseGroup[]) => groups.map(({ subject, members }) => [subject.name, members.map(({ pod }) => pod)]);

test('a group that only splits has not ended: all its pods fail', () => {
  assert.deepEqual(ended(before(group('a', '1', '2', '3', '4')), [group('b', '1', '2'), group('c', '3', '4')]), []);
});

test('a group most of whose pods fail no longer has ended, for those alone', () => {
  assert.deepEqual(told(ended(before(group('a', '1', '2', '3', '4')), [group('b', '1')])), [['a', ['2', '3', '4']]]);
  assert.deepEqual(ended(before(group('a', '1', '2')), [group('a', '1')]), []);
});

test('what is neither pulled nor gone stays open until it is either, or fails again', () => {
  const at = '2026-03-01T10:00:00Z';
  const a = group('a', '1');
  const first = tellGroups(null, [a], [], at);
  const step = (story: typeof first, how: GroupEnd['how']) =>
    tellGroups(
      story,
      [],
      ended(story, []).map((group) => ({ group, end: { how, changes: [] } })),
      at,
    );
  const open = step(first, 'waiting');
  assert.deepEqual([open.watch.state, open.watch.over], ['waiting', []]);
  const fixed = step(step(open, 'waiting'), 'fixed');
  assert.deepEqual([fixed.watch.state, fixed.watch.over.map(({ how, pods }) => [how, pods]), fixed.open], ['fixed', [['fixed', 1]], []]);
  const again = tellGroups(open, [a], [], at);
  assert.deepEqual([again.watch.state, again.open, ended(open, [a])], ['failing', [], []]);
});

test('a group that is over names the workloads of its pods, each once', () => {
  const at = '2026-03-01T10:00:00Z';
  const web = { kind: 'Deployment', name: 'web' };
  const bare = group('a', '1', '2', '3');
  const owned = { ...bare, members: bare.members.map((member, index) => (index < 2 ? { ...member, owner: web } : member)) };
  const over = (one: CauseGroup) => tellGroups(null, [], [{ group: one, end: { how: 'fixed', changes: [] } }], at).watch.over;
  assert.deepEqual(over(owned)[0]?.workloads, [{ namespace: 'shop', ...web }]);
  assert.equal(over(bare)[0]?.workloads, undefined);
  const watch = { state: 'fixed', begunAt: at, since: at, first: null, changes: [], over: over(owned) } as const;
  const text = renderScanWatch(watch, { columns: undefined, colour: false });
  assert.match(text, /^Fixed at \d\d:\d\d:\d\d: 3 pods of Deployment shop\/web, manifest-not-found: a\n/);
});
