// Evidence of every scenario of the lab, captured on Kubernetes 1.20.2 with containerd 1.6.20 (old texts, back-off messages without a cause), once from a
// workstation that reaches the registries and once from outside. On 1.36.3 the lab itself is run (test/end-to-end).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judge } from '../../src/causes/judge.ts';
import type { CauseCode } from '../../src/values/cause-code.ts';
import type { Evidence } from '../../src/values/evidence.ts';

interface Capture {
  readonly scenario: string;
  readonly expected: CauseCode;
  readonly evidence: Evidence;
}

/** What cannot be known from outside, and what is said instead, never with certainty: a HEAD's 404 hides which of the two is missing; a pull that hangs. */
const undecided: Readonly<Record<string, CauseCode>> = {
  'repo-missing': 'manifest-not-found',
  'faulty-nosuch': 'manifest-not-found',
  'faulty-hang': 'still-pulling',
  'faulty-schema1': 'unknown',
};

const views = [
  { view: 'workstation', excused: {} as Readonly<Record<string, CauseCode>> },
  { view: 'outside', excused: undecided },
];

for (const { view, excused } of views) {
  const captures = JSON.parse(readFileSync(new URL(`fixtures/lab-1.20.2-${view}.json`, import.meta.url), 'utf8')) as readonly Capture[];
  for (const { scenario, expected, evidence } of captures) {
    test(`${view}: ${scenario}`, () => {
      const verdicts = judge(evidence);
      const verdict = verdicts.find(({ code }) => code !== 'none') ?? verdicts[0];
      assert.equal(verdict?.code, excused[scenario] ?? expected);
      if (scenario in excused) assert.notEqual(verdict?.confidence, 'certain');
    });
  }
}

test('a saved evidence file holds no password of the lab', () => {
  for (const { view } of views) {
    const text = readFileSync(new URL(`fixtures/lab-1.20.2-${view}.json`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /s3cret-pull|czNjcmV0LXB1bGw|cHVsbGVyOn/);
  }
});
