import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { ImageRegistryFacts, NodeFacts } from '../../../src/values/evidence.ts';
import { container, imageSpec, pod, richView, view } from '../view-builder.ts';

const mebibyte = 2 ** 20;

interface Disk {
  readonly compressed: number | null;
  readonly capacity: number;
  readonly free?: number;
  readonly inodesFree?: number;
  /** Of 1000; what the runtime counts as images; the kubelet's `imagefs.available`. */
  readonly images?: number;
  readonly kept?: string;
  readonly node?: Partial<NodeFacts>;
}

function subject(
  { compressed, capacity, free = capacity * 0.9, inodesFree, images, kept, node = {} }: Disk,
  over: Partial<ImageView> = {},
) {
  const rich = richView();
  const registry = rich.registry as ImageRegistryFacts;
  const manifest = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: null,
    platforms: [],
    configMediaType: null,
    size: compressed,
  };
  const inodes = { inodesFree: inodesFree ?? null, inodes: inodesFree === undefined ? null : 1000 };
  const ofImages = images === undefined ? {} : { imagesBytes: images };
  const imageFs = { value: { availableBytes: free, capacityBytes: capacity, ...inodes, ...ofImages } };
  const nothing = { maxParallelImagePulls: null, registryPullQPS: null, registryBurst: null, credentialVerification: null };
  const config = {
    evictionHard: { 'imagefs.available': kept ?? '0' },
    imageGCHighThresholdPercent: null,
    serializeImagePulls: null,
    ...nothing,
  };
  const facts = { ...(rich.node as NodeFacts), imageFs, ...(kept && { kubeletConfig: { value: config } }), ...node };
  return view({ spec: imageSpec(), pod: rich.pod, registry: { ...registry, manifest }, node: facts, ...over });
}
const explained = (disk: Disk, over?: Partial<ImageView>) => catalogue['disk-full'].explanation(subject(disk, over));
const fixed = (disk: Disk, over?: Partial<ImageView>) => catalogue['disk-full'].fixes(subject(disk, over));

test('an image larger than the whole disk: nothing that could be removed makes room', () => {
  const fixes = catalogue['disk-full'].fixes(subject({ compressed: 700 * mebibyte, capacity: 365 * mebibyte }));
  assert.match(fixes[0]?.title ?? '', /larger disk/);
  assert.doesNotMatch(JSON.stringify(fixes), /rmi --prune/);
  assert.match(
    catalogue['disk-full'].explanation(subject({ compressed: 700 * mebibyte, capacity: 365 * mebibyte })),
    /The disk is too small: all of it is 365 MiB/,
  );
});

test('an image that would fit on an empty disk: first what others left there', () => {
  assert.match(
    JSON.stringify(catalogue['disk-full'].fixes(subject({ compressed: 50 * mebibyte, capacity: 365 * mebibyte }))[0]),
    /rmi --prune/,
  );
});

test('no bytes: what is free, what the kubelet keeps of it, what the image needs', () => {
  const text = explained({ compressed: 20 * mebibyte, capacity: 400 * mebibyte, free: 30 * mebibyte, kept: '5%' });
  assert.match(
    text,
    /Now 30 MiB of 400 MiB are free, and the kubelet keeps 20 MiB free\. The image is 20 MiB compressed and needs about two/,
  );
});

test('no inodes: told as such, though many bytes are free', () => {
  const disk = { compressed: 17 * 1024, capacity: 400 * mebibyte, free: 380 * mebibyte, inodesFree: 28 };
  assert.match(explained(disk), /What it lacks are inodes: 28 of 1000 are free/);
  assert.match(JSON.stringify(fixed(disk)[0]), /df -i .*du --inodes/);
  assert.match(JSON.stringify(fixed(disk)), /more inodes/);
});

test('room enough now: it was full for a while, or it is another disk', () => {
  assert.match(
    explained({ compressed: 20 * mebibyte, capacity: 400 * mebibyte }),
    /enough for an image of 20 MiB compressed: it was full for a while/,
  );
  assert.match(
    explained({ compressed: null, capacity: 400 * mebibyte }),
    /what a failed pull gives back\. The image needs more than that, or the disk was full for a while/,
  );
});

test('of a disk that nothing fills, and an image of unknown size, nothing is removed: the image may need more', () => {
  const free = { compressed: null, capacity: 365 * mebibyte, free: 329 * mebibyte, images: mebibyte };
  const titles = fixed(free).map(({ title }) => title);
  assert.match(titles[0] ?? '', /^if the image needs more than is free, give node .* a larger disk/);
  assert.doesNotMatch(JSON.stringify(fixed(free)), /rmi --prune/);
  const filled = fixed({ ...free, free: 40 * mebibyte }).map(({ title }) => title);
  assert.match(filled[0] ?? '', /find what fills the disk/);
});

test('what fills it comes first where that is not images, and images last or not at all where the kubelet removed them in vain', () => {
  const filled = { compressed: 20 * mebibyte, capacity: 400 * mebibyte, free: 0, images: 2 * mebibyte };
  assert.match(explained(filled), /Images take only 2 MiB of the 400 MiB in use\./);
  assert.match(fixed(filled)[0]?.title ?? '', /find what fills the disk/);
  assert.match(fixed(filled)[1]?.title ?? '', /remove the images/);
  const byImages = { ...filled, images: 300 * mebibyte };
  assert.match(fixed(byImages)[0]?.title ?? '', /remove the images/);
  const events = [{ reason: 'FreeDiskSpaceFailed', message: 'm', last: '2026-11-20T09:58:00Z' }];
  assert.doesNotMatch(JSON.stringify(fixed({ ...byImages, node: { events } })), /rmi --prune/);
  assert.match(explained({ ...byImages, node: { events } }), /found too few \(FreeDiskSpaceFailed\)/);
});

test('a disk that may not be read: what the kubelet did is told, and how to look', () => {
  const imageFs = { obstacle: { kind: 'forbidden', message: 'no' } } as const;
  const events = [{ reason: 'FreeDiskSpaceFailed', message: 'm', last: '2026-11-20T09:58:00Z' }];
  const conditions = [{ type: 'DiskPressure', status: 'True', reason: null, message: null, since: null }];
  const unread = { compressed: 20 * mebibyte, capacity: 0, node: { imageFs, events, conditions } };
  assert.match(explained(unread), /compressed.*found too few \(FreeDiskSpaceFailed\)\.$/);
  assert.match(fixed(unread)[0]?.title ?? '', /find what fills/);
  const quiet = fixed({ compressed: null, capacity: 0, node: { imageFs } }).map(({ title }) => title);
  assert.match(quiet.join(), /remove the images.*find what fills/);
});

test('the directory is the one that the message names, else the default of the runtime', () => {
  const filled = { compressed: 20 * mebibyte, capacity: 400 * mebibyte, free: 0, images: 0 };
  const look = (over: Partial<ImageView>) => fixed(filled, over)[0]?.commands[0];
  assert.equal(look({}), 'df -h /var/lib/containerd');
  const rich = richView();
  assert.ok(rich.reading);
  const says = (raw: string) => look({ reading: { ...rich.reading, error: { ...rich.reading?.error, raw } } as ImageView['reading'] });
  assert.equal(says('write /data/ctrd/io.containerd.content.v1.content/ingest/1/data: no space left on device'), 'df -h /data/ctrd');
  assert.equal(
    says('open /mnt/disk 1/$(id)/tmpmounts/x: no space left on device'),
    'df -h /var/lib/containerd',
    'no words of a message in a command',
  );
  assert.equal(says('write /../../overlay/x: no space left'), 'df -h /var/lib/containerd');
});

test('each runtime prunes in its own words', () => {
  const prune = (node: Partial<NodeFacts>) => fixed({ compressed: 50 * mebibyte, capacity: 365 * mebibyte, node })[0]?.commands[0];
  assert.equal(prune({ kubelet: 'v1.34.1+k3s1' }), 'sudo k3s crictl rmi --prune');
  assert.equal(prune({ runtime: 'docker://20.10.7', kubelet: 'v1.20.2' }), 'sudo docker image prune --all');
  assert.equal(prune({ provider: 'kind://docker/kind/kind-worker' }), 'docker exec ip-10-0-3-7 crictl rmi --prune');
  assert.equal(prune({ platform: { os: 'windows', architecture: 'amd64' } }), 'crictl rmi --prune');
});

test('a pod that was refused for DiskPressure: not even tried again', () => {
  const refused = pod({ reason: 'Evicted', phase: 'Failed', node: 'ip-10-0-3-7', message: 'The node had condition: [DiskPressure].' });
  const text = explained(
    { compressed: null, capacity: 400 * mebibyte, free: 0 },
    { pod: refused, container: container({ pull: 'unknown' }) },
  );
  assert.match(
    text,
    /^Node ip-10-0-3-7 is short of disk, so its kubelet takes no new pods \(DiskPressure\).* make it anew when there is room\. Now 0 B of 400 MiB are free\./,
  );
});
