import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventRows } from '../../../../src/playbook/saved/describe/events.ts';
import { describedPod } from '../../../../src/playbook/saved/describe/pod.ts';
import { SavedObjects } from '../../../../src/playbook/saved/objects.ts';

const now = new Date('2026-06-01T00:00:00Z');

test('rows of events of every kubectl: ages, counts, a node behind FROM, messages of several lines', () => {
  const rows = eventRows([
    '  Type     Reason   Age                  From               Message',
    '  ----     ------   ----                 ----               -------',
    '  Normal   Pulling  2d3h                 kubelet, node1     Pulling image "x"',
    '  Warning  Failed   3m27s (x87 over 23m)  kubelet            Failed to pull image "x": first line',
    'second line',
    '  Normal   Scheduled  <unknown>          default-scheduler  Successfully assigned',
  ]);
  assert.deepEqual(
    rows.map(({ reason, last, first, count, from }) => [reason, last / 1000, first / 1000, count, from]),
    [
      ['Pulling', 183_600, 183_600, 1, 'kubelet'],
      ['Failed', 207, 1380, 87, 'kubelet'],
      ['Scheduled', 0, 0, 1, 'default-scheduler'],
    ],
  );
  assert.equal(rows[1]?.message, 'Failed to pull image "x": first line\nsecond line');
});

const text = (containers: string, events: string) =>
  `Name: web\nNamespace: shop\nNode: n1/10.0.0.1\nStart Time: Sat, 21 Nov 2026 13:48:17 +0000\nStatus: Pending\nContainers:\n${containers}Events:\n${events}`.split(
    '\n',
  );

const container = (name: string, image: string) =>
  `  ${name}:\n    Image:  ${image}\n    State:  Waiting\n      Reason:  ImagePullBackOff\n`;

test('an event is its container’s by the image that it quotes, and the pod’s where that does not tell', () => {
  const events = '  Warning  Failed  1m  kubelet  Failed to pull image "b:1": no\n  Warning  Failed  1m  kubelet  Error: ErrImagePull\n';
  const paths = (containers: string) =>
    describedPod(text(containers, events), now)?.events.map(({ involvedObject }) => (involvedObject as { fieldPath?: string }).fieldPath);
  assert.deepEqual(paths(container('a', 'a:1') + container('b', 'b:1')), ['spec.containers{b}', undefined]);
  assert.deepEqual(paths(container('b', 'b:1')), ['spec.containers{b}', 'spec.containers{b}']);
  assert.deepEqual(paths(container('b', 'b:1') + container('c', 'b:1')), ['spec.containers{b}', 'spec.containers{c}', undefined]);
});

const waited = '  Warning  FailedScheduling  50m (x3 over 55m)  default-scheduler  no\n';
for (const [what, events, time] of [
  ['the event that bound it', '  Normal  Scheduled  10m  default-scheduler  ok\n', '13:58:17'],
  ['not what the scheduler said before', `${waited}  Normal  Scheduled  5m  default-scheduler  ok\n`, '13:53:17'],
  ['the oldest of the kubelet', `${waited}  Warning  Failed  1m (x9 over 20m)  kubelet  no\n`, '14:08:17'],
  ['nothing', waited, '13:48:17'],
] as const) {
  test(`the time of the text is counted from the start by ${what}`, () => {
    const pod = describedPod(text(container('b', 'b:1'), events), new Date('2026-12-01T00:00:00Z'))?.pod;
    assert.equal(pod?.time, `2026-11-21T${time}.000Z`);
  });
}

test('a start that is yet to come is none, and moves no time of the file', () => {
  const pod = describedPod(text(container('b', 'b:1'), ''), now)?.pod;
  assert.equal(pod?.time, now.toISOString());
  const objects = new SavedObjects(now);
  objects.see(Date.parse('2099-01-01T00:00:00Z'));
  assert.deepEqual(objects.time, now);
});

test('what is no pod is none', () => {
  assert.equal(describedPod(['Name: web', 'Namespace: shop', 'Pod Template:', '  Containers:', '   app:'], now), null);
});
