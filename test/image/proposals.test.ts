import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsNear } from '../../src/image/host-suggestion.ts';
import { candidatesFor, isAlike, type UsedImage } from '../../src/image/proposals.ts';
import { formatReference, parseReference } from '../../src/image/reference.ts';
import type { Reference } from '../../src/values/evidence.ts';

function reference(image: string): Reference {
  const parsed = parseReference(image);
  assert.ok('reference' in parsed, image);
  return parsed.reference;
}

const candidates = (image: string, used: readonly UsedImage[] = [], hosts: readonly string[] = []) =>
  candidatesFor(reference(image), used, hosts).map((one) => `${one.why} ${formatReference(one.reference)}`);

test('registries that moved', () => {
  assert.deepEqual(candidates('k8s.gcr.io/pause:3.9'), ['moved registry.k8s.io/pause:3.9', 'library k8s.gcr.io/library/pause:3.9']);
  assert.equal(candidates('gcr.io/google_containers/pause:3.1')[0], 'moved registry.k8s.io/pause:3.1');
  assert.equal(candidates('docker.pkg.github.com/owner/repo/app:1')[0], 'moved ghcr.io/owner/app:1');
  assert.equal(candidates('bitnami/redis:7')[0], 'moved docker.io/bitnamilegacy/redis:7');
});

test('a host with one letter wrong, or two that changed places', () => {
  assert.deepEqual(hostsNear('ghrc.io', []), ['ghcr.io']);
  assert.deepEqual(hostsNear('shop.azureacr.io', []), ['shop.azurecr.io']);
  assert.deepEqual(hostsNear('123456789012.dkr.ecr.eu-west-1.amazonaw.com', []), ['123456789012.dkr.ecr.eu-west-1.amazonaws.com']);
  assert.deepEqual(hostsNear('registry.exmple.com', ['registry.example.com', 'other.example.com']), ['registry.example.com']);
  assert.deepEqual(hostsNear('ghcr.io', []), [], 'a well-known one is no mistake');
  assert.deepEqual(hostsNear('registry.example.com', []), []);
});

test('a host in capitals, and one without the port that others use', () => {
  assert.deepEqual(hostsNear('Registry.example.com:5001', []), ['registry.example.com:5001']);
  assert.deepEqual(hostsNear('registry.example.com', ['registry.example.com:5001']), ['registry.example.com:5001']);
  assert.deepEqual(hostsNear('registry.example.com:5010', ['registry.example.com:5001', 'registry.example.com:443']), [
    'registry.example.com:5001',
    'registry.example.com:443',
  ]);
});

test('library/ where it lacks, and where it is too much', () => {
  assert.deepEqual(candidates('nginx/nginx:1'), ['library docker.io/library/nginx:1']);
  assert.deepEqual(candidates('docker.io/library/team/app:1'), ['library docker.io/team/app:1']);
  assert.deepEqual(candidates('mirror.example.com/nginx:1'), ['library mirror.example.com/library/nginx:1']);
});

test('hyphen, underscore and nothing', () => {
  assert.ok(candidates('r.example/team_app:1').includes('separator r.example/team/app:1'));
  assert.deepEqual(candidates('quay.io/team/my_app:1'), ['separator quay.io/team/my-app:1', 'separator quay.io/team/myapp:1']);
});

test('what runs here and what ran before: under the tag that was asked for, then as it is', () => {
  assert.deepEqual(candidates('r.example/team/appp:2', [{ image: 'r.example/team/app:1', why: 'earlier-rollout' }]), [
    'earlier-rollout r.example/team/app:2',
    'earlier-rollout r.example/team/app:1',
  ]);
  assert.deepEqual(candidates('r.example/team/app:2', [{ image: 'r.example/team/app:1', why: 'earlier-rollout' }]), [
    'earlier-rollout r.example/team/app:1',
  ]);
});

test('another registry under another tag, or another content, is no correction', () => {
  const elsewhere: readonly UsedImage[] = [{ image: 'other.example/team/app:1', why: 'in-use' }];
  assert.deepEqual(candidates('r.example/team/app:2', elsewhere), ['in-use other.example/team/app:2']);
  const pinned = `sha256:${'b'.repeat(64)}`;
  const here: readonly UsedImage[] = [...elsewhere, { image: 'r.example/team/apps:1', why: 'in-use' }];
  assert.deepEqual(candidates(`r.example/team/app@${pinned}`, here), [
    `in-use r.example/team/apps@${pinned}`,
    `in-use other.example/team/app@${pinned}`,
  ]);
});

test('never the image itself, never more than eight', () => {
  const used = Array.from({ length: 20 }, (_, index): UsedImage => ({ image: `r.example/x${index}/app:1`, why: 'in-use' }));
  assert.equal(candidates('r.example/team/app:1', used).length, 8);
  assert.deepEqual(candidates('r.example/team/app:1', [{ image: 'r.example/team/app:1', why: 'in-use' }]), []);
});

test('names that are alike', () => {
  const alike = (a: string, b: string) => isAlike(reference(a), reference(b));
  assert.equal(alike('r.example/team/payment:1', 'other.example/x/payment:2'), true);
  assert.equal(alike('r.example/team/paymnt:1', 'r.example/team/payment:2'), true);
  assert.equal(alike('r.example/team/paymnt:1', 'other.example/team/payment:2'), false);
  assert.equal(alike('r.example/team/payment:1', 'r.example/team/payment:2'), false, 'that is a matter of tags');
  assert.equal(alike('r.example/team/ap:1', 'r.example/team/app:1'), true, 'a letter is missing');
  assert.equal(alike('r.example/other/ap:1', 'r.example/team/app:1'), false);
  assert.equal(alike('r.example/team/api:1', 'r.example/team/app:1'), false, 'short names are alike by chance');
});
