import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askEach, platformsOf } from '../../../src/playbook/check/each-platform.ts';
import type { ImageRegistryFacts, Platform } from '../../../src/values/evidence.ts';

const amd: Platform = { os: 'linux', architecture: 'amd64' };
const arm: Platform = { os: 'linux', architecture: 'arm64' };
const blob = (status: number) => ({ host: 'r', status, fault: null, digest: 'sha256:b' });
const facts = (found: Partial<ImageRegistryFacts['manifest'] & object> | null, blobOf: ImageRegistryFacts['blob']): ImageRegistryFacts => ({
  container: 'app',
  kind: 'container',
  host: 'r',
  attempts: [],
  tags: null,
  manifest: found && { mediaType: 'index', digest: null, platforms: [amd, arm], configMediaType: 'config', size: 5, ...found },
  rateLimit: null,
  blob: blobOf,
});
const fine = facts({}, blob(206));
const faulty = facts({}, blob(404));
const unread = facts({ unread: 'image', configMediaType: null }, null);
const none = facts({ platforms: [amd], configMediaType: null }, null);

async function asked(forAmd: ImageRegistryFacts, forArm: ImageRegistryFacts): Promise<ImageRegistryFacts | undefined> {
  const step = await askEach([amd, arm], async (platform) => ({
    outcome: 'done',
    milliseconds: 1,
    facts: { images: [platform === amd ? forAmd : forArm] },
  }));
  return step.outcome === 'done' ? step.facts.images[0] : assert.fail();
}

test('the image of each platform is asked for, each platform once', () => {
  const node = (platform: Platform) => ({ name: 'n', platform });
  assert.deepEqual(platformsOf({ value: [node(amd), node({ ...arm, variant: 'v8' }), node(arm), node(amd)] }), [amd, arm]);
  assert.deepEqual(platformsOf({ value: [] }), [null]);
  assert.deepEqual(platformsOf({ obstacle: { kind: 'forbidden', message: 'm' } }), [null]);
});

test('of several platforms the image with which something is amiss speaks, and for itself alone', async () => {
  assert.deepEqual(await asked(fine, fine), { ...fine, manifest: { ...fine.manifest, size: null } });
  for (const [one, other] of [
    [fine, faulty],
    [faulty, fine],
  ] as const) {
    const found = await asked(one, other);
    assert.deepEqual([found?.blob?.status, found?.manifest?.sample], [404, true]);
  }
  assert.equal((await asked(faulty, faulty))?.manifest?.sample, undefined, 'it is amiss wherever the pod runs');
  assert.equal((await asked(fine, unread))?.manifest?.unread, 'image');
});

test('a platform without an image takes nothing from that of another', async () => {
  assert.equal((await asked(none, fine))?.blob?.status, 206);
  const found = await asked(none, faulty);
  assert.deepEqual([found?.blob?.status, found?.manifest?.sample], [404, undefined]);
});

test('what could not be asked stays so', async () => {
  const skipped = { outcome: 'skipped', milliseconds: 0, reason: 'r' } as const;
  assert.deepEqual(await askEach([null], async () => skipped), skipped);
});
