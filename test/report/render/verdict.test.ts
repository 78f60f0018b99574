import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paint } from '../../../src/report/render/colour.ts';
import { renderVerdicts } from '../../../src/report/render/verdict.ts';
import type { PullReport } from '../../../src/values/report.ts';

function text(title: string): string {
  const cause = {
    code: 'pull-secret-missing',
    family: 'credentials',
    title: 't',
    confidence: 'likely',
    retry: 'never',
    explanation: 'e.',
    explain: 'x',
  };
  const image = {
    container: 'app',
    kind: 'container',
    image: 'a',
    cause,
    alternatives: [],
    fixes: [
      { title: 'make it', commands: [] },
      { title, commands: [] },
    ],
  };
  return renderVerdicts(
    { images: [image] } as unknown as PullReport,
    { columns: undefined, colour: false, headers: true, now: new Date(0) },
    paint(false),
  );
}

test('a fix that ends in waiting is not contradicted', () => {
  assert.match(text('then wait: the kubelet tries again'), /^Waiting alone will not help\. More/m);
  assert.match(text('or mend it'), /^Waiting will not help\. More/m);
});
