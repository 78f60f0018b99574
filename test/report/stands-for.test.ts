import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/causes/catalogue.ts';
import { readAnswer } from '../../src/causes/probe/reading.ts';
import { makeReport } from '../../src/report/make-report.ts';
import type { CauseCode } from '../../src/values/cause-code.ts';
import { evidence, verdict } from './evidence-builder.ts';

for (const [code, expected] of [
  ['manifest-not-found', 3],
  ['unknown', 3],
  ['none', undefined],
  ['still-pulling', undefined],
] as const satisfies readonly (readonly [CauseCode, number | undefined])[]) {
  test(`a pod stands for others that fail as it does, not for others that do not fail: ${code}`, () => {
    const report = makeReport(evidence({ pod: { ...evidence().pod, standsFor: 3 } }), [verdict({ code })], catalogue, {
      readAnswer,
    });
    assert.equal(report.pod.standsFor, expected);
  });
}
