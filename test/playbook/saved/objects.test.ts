import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import { describedPod } from '../../../src/playbook/saved/describe/pod.ts';
import { SavedObjects } from '../../../src/playbook/saved/objects.ts';
import { event, pod, waiting } from '../objects.ts';

const now = new Date('2026-06-01T00:00:00Z');

type Copy = (objects: SavedObjects) => void;

function read(...copies: readonly Copy[]) {
  const objects = new SavedObjects(now);
  for (const copy of copies) copy(objects);
  const kept = objects.get('Pod', 'shop', 'web') as unknown as RawPod;
  return { reason: kept.status?.containerStatuses?.[0]?.state?.waiting?.reason, uid: kept.metadata.uid, objects };
}

function object(reason: string, { version = '', created = '2026-03-01T10:00:00Z', uid = 'u' }): Copy {
  const made = pod({ state: waiting(reason), created });
  return (objects) => void objects.add({ ...made, metadata: { ...made.metadata, uid, resourceVersion: version } });
}

function text(reason: string, start: string, events: readonly string[]): Copy {
  const lines = `Name: web\nNamespace: shop\nNode: n1/10.0.0.1\nStart Time: ${start}\nContainers:\n  app:\n    Image: r/app:v1\n    State: Waiting\n      Reason: ${reason}\nEvents:`;
  const rows = events.map((message) => `  Warning  Failed  1m  kubelet  ${message}`);
  const described = describedPod([...lines.split('\n'), ...rows], now);
  return (objects) => described && objects.addDescribed(described);
}

for (const [what, better, worse] of [
  ['an object beats a text', object('Object', {}), text('Text', 'Sun, 01 Mar 2026 12:00:00 +0000', ['no'])],
  ['a later version beats an earlier one', object('New', { version: '20' }), object('Old', { version: '9' })],
  [
    'a later pod of the name beats the one before it, whatever their versions',
    object('New', { version: '9', uid: 'v', created: '2026-03-01T11:00:00Z' }),
    object('Old', { version: '20' }),
  ],
  [
    'a later text beats an earlier one',
    text('New', 'Sun, 01 Mar 2026 12:00:00 +0000', ['a']),
    text('Old', 'Sun, 01 Mar 2026 11:00:00 +0000', ['b', 'c']),
  ],
] as const) {
  test(`of two copies, in whichever order they are read, ${what}`, () => {
    const alone = read(better);
    for (const found of [read(better, worse), read(worse, better)]) {
      assert.equal(found.reason, alone.reason);
      assert.deepEqual([...found.objects.each('Event')], [...alone.objects.each('Event')]);
    }
  });
}

test('of two copies that do not tell which is newer, the last is kept', () => {
  assert.equal(read(object('A', {}), object('B', {})).reason, 'B');
});

test("a text that gives way leaves no events that would be taken for the object's", () => {
  const { objects, uid } = read(text('Text', 'Sun, 01 Mar 2026 12:00:00 +0000', ['no']), object('Object', {}));
  assert.equal(objects.has('Event', 'shop'), false);
  objects.add(event(uid, 'Failed', 'its own'));
  assert.equal(objects.eventsOf(uid).length, 1);
});
