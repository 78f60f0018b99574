import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { conclude } from '../../../src/causes/judge.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import { container, evidence, imageSpec, pod, richView, view } from '../view-builder.ts';

const now = '2026-11-20T10:00:00Z';
const event = { name: 'e', type: 'Normal', reason: 'Pulling', message: '', container: 'app', image: null, count: 1, from: 'kubelet' };
const said = (subject: ImageView) => {
  const { code, confidence, alternatives } = conclude(subject);
  return [code, confidence, ...alternatives.map((other) => other.code)];
};

test('a small image that is pulled for minutes is stalled, where it waits behind no other', () => {
  const rich = richView();
  const value = {
    evictionHard: {},
    imageGCHighThresholdPercent: null,
    serializeImagePulls: false,
    maxParallelImagePulls: null,
    registryPullQPS: null,
    registryBurst: null,
    credentialVerification: null,
  };
  const pulling = (minutes: number, size: number | null, kubeletConfig = { value }) => {
    const began = new Date(Date.parse(now) - minutes * 60_000).toISOString();
    const manifest = rich.registry?.manifest ? { ...rich.registry.manifest, size } : null;
    const registry = rich.registry && { ...rich.registry, manifest, attempts: [] };
    const events = [{ ...event, first: began, last: began }];
    const own = container({ pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } });
    const told = evidence({ collectedAt: now, events: { outcome: 'done', milliseconds: 0, facts: { events, sandboxImage: null } } });
    const node = rich.node && { ...rich.node, kubeletConfig };
    return view({ pod: pod({ node: 'n1' }), container: own, spec: imageSpec(), evidence: told, events, registry, node });
  };
  assert.deepEqual(said(pulling(7, 254)), ['pull-stalled', 'likely', 'still-pulling']);
  assert.deepEqual(said(pulling(7, 254, { value: { ...value, serializeImagePulls: true } as never })), [
    'still-pulling',
    'likely',
    'pull-stalled',
  ]);
  assert.deepEqual(said(pulling(7, 100_000_000)), ['still-pulling', 'likely', 'pull-stalled']);
  assert.deepEqual(said(pulling(7, null)), ['still-pulling', 'likely', 'pull-stalled']);
  assert.deepEqual(said(pulling(2, 254)), ['still-pulling', 'likely', 'pull-stalled']);
  assert.match(catalogue['pull-stalled'].explanation(pulling(7, 254)), /longer than its size takes/);
});
