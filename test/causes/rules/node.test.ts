import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../../../src/causes/disk.ts';
import { enlargeDisk } from '../../../src/causes/fix/disk.ts';
import { conclude } from '../../../src/causes/judge.ts';
import { nextFault } from '../../../src/causes/rules/foretold.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { NodeFacts } from '../../../src/values/evidence.ts';
import { container, richView } from '../view-builder.ts';

const rich = richView();
const gib = 2 ** 30;

/** A pull without any text, on a node with this disk, of an image of so many compressed bytes. */
function pull(node: Partial<NodeFacts>, size: number | null, over: Partial<ImageView> = {}): ImageView {
  assert.ok(rich.node && rich.registry?.manifest);
  const registry = { ...rich.registry, attempts: [], manifest: { ...rich.registry.manifest, size, platforms: [] } };
  return richView({ reading: null, neighbours: null, registry, node: { ...rich.node, ...node }, ...over });
}

const disk = (available: number, capacity = 20 * gib, inodesFree: number | null = null): Partial<NodeFacts> => ({
  imageFs: { value: { availableBytes: available, capacityBytes: capacity, inodesFree, inodes: inodesFree === null ? null : 1000 } },
});
const keeps = (written: string): Partial<NodeFacts> => ({
  kubeletConfig: {
    value: {
      evictionHard: { 'imagefs.available': written, 'imagefs.inodesFree': written },
      imageGCHighThresholdPercent: null,
      serializeImagePulls: null,
      maxParallelImagePulls: null,
      registryPullQPS: null,
      registryBurst: null,
      credentialVerification: null,
    },
  },
});
const said = (view: ImageView) => {
  const { code, confidence, alternatives } = conclude(view);
  return [code, confidence, ...alternatives.map((other) => other.code)];
};

test('without a text, a disk that the image does not fit on is likely, one that is full possible', () => {
  assert.deepEqual(said(pull(disk(10 * gib), gib)), ['unknown', 'possible']);
  assert.deepEqual(said(pull(disk(gib), 2 * gib)), ['disk-full', 'likely']);
  assert.deepEqual(said(pull({ ...disk(2 * gib), ...keeps('15%') }, gib)), ['disk-full', 'possible'], "below the kubelet's threshold");
  assert.deepEqual(
    said(pull({ ...disk(2 * gib), ...keeps('5%') }, 1.5 * gib)),
    ['disk-full', 'likely'],
    'what is left above the threshold',
  );
  assert.deepEqual(said(pull(disk(10 * gib, 20 * gib, 1), gib)), ['disk-full', 'possible'], 'no inodes');
  assert.deepEqual(
    said(pull(disk(2.5 * gib), gib)),
    ['unknown', 'possible', 'disk-full'],
    'room for the layers only while they are compressed',
  );
});

test('a kubelet that could not make room makes it likely, for an hour', () => {
  const full = disk(0);
  const event = (last: string) => ({ ...full, events: [{ reason: 'FreeDiskSpaceFailed', message: 'm', last }] });
  assert.deepEqual(said(pull(event('2026-11-20T09:30:00Z'), null)), ['disk-full', 'likely']);
  assert.deepEqual(said(pull(event('2026-11-20T08:30:00Z'), null)), ['disk-full', 'possible']);
  const collection = (message: string) => ({ ...full, events: [{ reason: 'ImageGCFailed', message, last: '2026-11-20T09:59:00Z' }] });
  assert.deepEqual(said(pull(collection('Wanted to free 52386406 bytes, but freed 0 bytes'), null)), ['disk-full', 'likely']);
  assert.deepEqual(said(pull(collection('invalid capacity 0 on image filesystem'), null)), ['disk-full', 'possible']);
  const begun = { ...full, events: [{ reason: 'EvictionThresholdMet', message: 'm', last: '2026-11-20T09:59:00Z' }] };
  assert.deepEqual(said(pull(begun, null)), ['disk-full', 'possible'], 'an eviction that was begun may make room');
});

test('a share of the inodes may be kept free as of the bytes', () => {
  assert.deepEqual(said(pull({ ...disk(10 * gib, 20 * gib, 40), ...keeps('3%') }, gib)), ['unknown', 'possible']);
  assert.deepEqual(said(pull({ ...disk(10 * gib, 20 * gib, 40), ...keeps('5%') }, gib)), ['disk-full', 'possible']);
});

test('DiskPressure is enough where the disk itself may not be read', () => {
  const conditions = [{ type: 'DiskPressure', status: 'True', reason: null, message: null, since: null }];
  const imageFs = { obstacle: { kind: 'forbidden', message: 'no' } } as const;
  assert.deepEqual(said(pull({ imageFs, conditions }, null)), ['disk-full', 'possible']);
  assert.deepEqual(said(pull({ imageFs }, null)), ['unknown', 'possible']);
});

test('a pull under way that will not fit', () => {
  const pulling = { container: container({ pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } }) };
  const next = (view: ImageView) => nextFault(view, conclude(view))?.code;
  assert.equal(next(pull(disk(gib), 2 * gib, pulling)), 'disk-full');
  assert.deepEqual(said(pull(disk(gib), 2 * gib, pulling)).slice(0, 2), ['still-pulling', 'likely']);
  assert.equal(next(pull(disk(10 * gib), gib, pulling)), undefined);
  assert.ok(said(pull(disk(0), null, pulling)).includes('disk-full'), 'of an image of which nothing is known');
  assert.ok(!said(pull(disk(10 * gib), gib, pulling)).includes('disk-full'));
});

test("the kubelet's thresholds", () => {
  const cases: readonly (readonly [string, number])[] = [
    ['15%', 30],
    ['1Gi', gib],
    ['500M', 5e8],
    ['7', 7],
    ['nonsense', 0],
  ];
  for (const [written, bytes] of cases) assert.equal(bytesOf(written, 200), bytes, written);
});

test('where the disk is made larger, by provider', () => {
  assert.match(enlargeDisk(pull({ provider: 'gce://p/z/n' }, null)).title, /--disk-size/);
  assert.match(enlargeDisk(pull({ provider: null }, null)).title, /^give node \S+ a larger disk, or make the image smaller$/);
});
