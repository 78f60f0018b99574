import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/causes/catalogue.ts';
import { readAnswer } from '../../src/causes/probe/reading.ts';
import { makeReport } from '../../src/report/make-report.ts';
import { renderHead } from '../../src/report/render/head.ts';
import { renderMarkdown } from '../../src/report/render/markdown.ts';
import { evidence, verdict } from './evidence-builder.ts';

test('the Job that made the pod stands beside its CronJob', () => {
  const pod = { ...evidence().pod, owner: { kind: 'CronJob', name: 'nightly' }, job: 'nightly-1' };
  const report = makeReport(evidence({ pod }), [verdict({ code: 'unknown' })], catalogue, { readAnswer });
  assert.equal(report.pod.job, 'nightly-1');
  const options = { columns: undefined, colour: false, headers: true, now: new Date(report.collectedAt) };
  assert.match(renderHead(report, options, false), /^Pod \S+ \(CronJob nightly, Job nightly-1\) on /);
  assert.match(renderMarkdown([report]), /\(CronJob `nightly`, Job `nightly-1`\)/);
});
