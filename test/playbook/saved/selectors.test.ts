import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFields, hasLabels } from '../../../src/playbook/saved/selectors.ts';

test('label selectors as the API server reads them', () => {
  const labels = { app: 'web', tier: 'front' };
  const fit = [
    '',
    'app=web',
    'app==web',
    'app = web',
    'app!=api',
    'app',
    '!team',
    'app in (api, web)',
    'team notin (a)',
    'app=web,tier=front',
    'app in (web),tier notin (back,mid)',
  ];
  const unfit = ['app=api', 'app!=web', 'team', '!app', 'app in (api)', 'app notin (web)', 'app=web,tier=back', 'team in (a)'];
  for (const selector of fit) assert.equal(hasLabels(selector, labels), true, selector);
  for (const selector of unfit) assert.equal(hasLabels(selector, labels), false, selector);
});

test('field selectors', () => {
  const pod = { metadata: { name: 'web', uid: '1' }, spec: { nodeName: 'n1' } };
  for (const selector of ['', 'spec.nodeName=n1', 'spec.nodeName!=n2,metadata.name=web', 'spec.none='])
    assert.equal(hasFields(selector, pod), true, selector);
  for (const selector of ['spec.nodeName=n2', 'metadata.name=web,spec.nodeName!=n1'])
    assert.equal(hasFields(selector, pod), false, selector);
});
