// Evidence of nodes whose image disk is full, nearly full, out of inodes or under pressure: the lab's (LAB_DISKS), on Kubernetes 1.36.3 with containerd 2.3.7 and on
// 1.20.2 with 1.6.20, by somebody who reaches the registry and may read everything, and by a viewer without `nodes/proxy` and without a registry.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judge } from '../../src/causes/judge.ts';
import type { CauseCode, Confidence } from '../../src/values/cause-code.ts';
import type { Evidence } from '../../src/values/evidence.ts';

interface Capture {
  readonly kubernetes: string;
  readonly view: 'workstation' | 'viewer';
  readonly scenario: string;
  readonly evidence: Evidence;
}

const captures = JSON.parse(readFileSync(new URL('fixtures/disk.json', import.meta.url), 'utf8')) as readonly Capture[];

interface Expected {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** What the explanation says, to who may read the disk's figures. */
  readonly says?: RegExp;
  /** Where the message is gone: what is said then, to who may read them. */
  readonly untold?: readonly [CauseCode, Confidence];
}

const expected: Readonly<Record<string, Expected>> = {
  'disk-full-now': {
    code: 'disk-full',
    confidence: 'certain',
    says: /Now [\d.]+ MiB of 365 MiB are free\. The image is 20 MiB/,
    untold: ['disk-full', 'likely'],
  },
  'disk-nearly-full': {
    code: 'disk-full',
    confidence: 'certain',
    says: /Now \d\d MiB of 365 MiB are free\. The image is 20 MiB/,
    untold: ['unknown', 'possible'],
  },
  'disk-will-fill': { code: 'still-pulling', confidence: 'likely' },
  'inodes-exhausted': { code: 'disk-full', confidence: 'certain', says: /What it lacks are inodes: \d+ of 800 are free/ },
  'disk-pressure': {
    code: 'disk-full',
    confidence: 'likely',
    says: /takes no new pods \(DiskPressure\).*the kubelet keeps 55 MiB free.*found too few \((?:FreeDiskSpace|ImageGC)Failed\)/,
  },
  'disk-pressure-pending': { code: 'none', confidence: 'certain' },
};

for (const { kubernetes, view, scenario, evidence } of captures) {
  test(`${kubernetes}, ${view}: ${scenario}`, () => {
    const want = expected[scenario];
    assert.ok(want);
    const [verdict] = judge(evidence);
    assert.deepEqual([verdict?.code, verdict?.confidence], [want.code, want.confidence]);
    if (view === 'workstation' && want.says) assert.match(verdict?.explanation ?? '', want.says);
    if (view === 'workstation' && scenario === 'disk-will-fill') assert.equal(verdict?.also?.[0]?.code, 'disk-full');
  });
}

for (const { kubernetes, view, scenario, evidence } of captures.filter(({ scenario }) => expected[scenario]?.untold)) {
  test(`${kubernetes}, ${view}: ${scenario}, of which no message is left`, () => {
    const [verdict] = judge(withoutTexts(evidence));
    assert.notEqual(verdict?.confidence, 'certain');
    if (view === 'workstation') {
      assert.deepEqual([verdict?.code, verdict?.confidence], expected[scenario]?.untold);
      assert.ok([verdict?.code, ...(verdict?.alternatives ?? []).map(({ code }) => code)].includes('disk-full'));
    }
  });
}

function withoutTexts(evidence: Evidence): Evidence {
  const { describe, events } = evidence;
  assert.ok(describe.outcome === 'done' && events.outcome === 'done');
  const waiting = { reason: 'ImagePullBackOff', message: null };
  const containers = describe.facts.containers.map((container) => ({ ...container, pull: 'failing' as const, waiting }));
  return {
    ...evidence,
    describe: { ...describe, facts: { containers } },
    events: { ...events, facts: { events: [], sandboxImage: null } },
  };
}
