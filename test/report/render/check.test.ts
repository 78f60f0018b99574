import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnsafe } from '../../../src/report/escape.ts';
import { renderChecks } from '../../../src/report/render/check.ts';
import { displayWidth } from '../../../src/report/wrap.ts';
import type { ImageCheck, ImageUse } from '../../../src/values/check.ts';

const bad = (text: string) => `${text}\u001b[2J\u0007\u202e`;
const use: ImageUse = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  container: 'app',
  path: 'spec.template.spec.containers[0].image',
  file: 'web.yaml',
};
const check = (over: Partial<ImageCheck> = {}): ImageCheck => ({
  image: 'registry.example.com/app:1',
  reference: null,
  namespace: 'shop',
  usedBy: [use],
  result: 'problem',
  cause: { code: 'manifest-not-found', family: 'reference', title: 'no such tag', confidence: 'certain' },
  alternatives: [],
  as: null,
  finding: 'there is no such tag',
  proposals: [],
  replay: [
    {
      credential: { secret: bad('s'), key: bad('k'), user: bad('u') },
      token: null,
      login: null,
      manifest: '404',
      accepted: null,
      result: 'manifest-unknown',
    },
  ],
  ...over,
});

const hostile: readonly ImageCheck[] = ['one', 'two'].map((namespace) =>
  check({
    image: bad('registry.example.com/app:1'),
    namespace: bad(namespace),
    usedBy: [
      {
        apiVersion: `${bad('apps')}/v1`,
        kind: bad('Deployment'),
        name: bad(`web-${namespace}`),
        container: bad('app'),
        path: bad('spec'),
        file: bad('f'),
      },
    ],
    finding: bad('it fails'),
  }),
);

for (const format of ['table', 'wide', 'json', 'yaml', 'name', 'markdown'] as const) {
  for (const columns of [60, 200, undefined]) {
    test(`nothing of a manifest moves the terminal: ${format}, ${columns ?? 'no'} columns`, async () => {
      const text = await renderChecks(format, hostile, { columns, colour: false, headers: true, now: new Date(0) });
      assert.ok(text.includes('eb-one'));
      assert.equal(isUnsafe(text), false, JSON.stringify(text));
    });
  }
}

test('a finding is wrapped where the terminal ends, also beside wide characters', async () => {
  const rows = [
    check({ usedBy: [{ ...use, name: '支払いサービス支払い' }], finding: 'there is no such tag in the repository '.repeat(4) }),
  ];
  const text = await renderChecks('table', rows, { columns: 140, colour: false, headers: true, now: new Date(0) });
  const widths = text.split('\n').map(displayWidth);
  assert.ok(Math.max(...widths) <= 140, `${Math.max(...widths)}\n${text}`);
  assert.match(text, / FINDING\n/);
});
