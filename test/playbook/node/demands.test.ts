import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandsOf, fittingNodes, placementOf } from '../../../src/playbook/node/demands.ts';

const node = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, uid: name, labels } });
const nodes = [node('n1', { zone: 'a', cores: '4' }), node('n2', { zone: 'b', cores: '16', gpu: '' })] as never;
const names = (spec: object) => fittingNodes(nodes, demandsOf(spec as never)).map(({ metadata }) => metadata.name);
const affinity = (...terms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const term = (key: string, operator: string, ...values: string[]) => ({ matchExpressions: [{ key, operator, values }] });

test('selector, name and operating system of the pod', () => {
  assert.deepEqual(names({}), ['n1', 'n2']);
  assert.deepEqual(names({ nodeSelector: { zone: 'a' } }), ['n1']);
  assert.deepEqual(names({ nodeName: 'n2' }), ['n2']);
  assert.deepEqual(names({ os: { name: 'windows' } }), []);
});

test('every operator of the required node affinity, as the scheduler reads it', () => {
  assert.deepEqual(names(affinity(term('zone', 'In', 'a', 'c'))), ['n1']);
  assert.deepEqual(names(affinity(term('gpu', 'NotIn', 'x'))), ['n1', 'n2']);
  assert.deepEqual(names(affinity(term('gpu', 'Exists'))), ['n2']);
  assert.deepEqual(names(affinity(term('gpu', 'DoesNotExist'))), ['n1']);
  assert.deepEqual(names(affinity(term('cores', 'Gt', '8'))), ['n2']);
  assert.deepEqual(names(affinity(term('cores', 'Lt', '8'))), ['n1']);
  assert.deepEqual(names(affinity(term('zone', 'Gt', '1'))), [], 'not a number');
  assert.deepEqual(names(affinity({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] })), ['n1']);
});

test('one of the terms is enough, all of a term are needed, an empty one holds nowhere', () => {
  assert.deepEqual(names(affinity(term('zone', 'In', 'a'), term('zone', 'In', 'b'))), ['n1', 'n2']);
  const both = { matchExpressions: [...term('zone', 'In', 'a').matchExpressions, ...term('gpu', 'Exists').matchExpressions] };
  assert.deepEqual(names(affinity(both)), []);
  assert.deepEqual(names(affinity({})), []);
});

test('what no node meets is named, with the values that there are', () => {
  const placement = placementOf(nodes, demandsOf({ nodeSelector: { zone: 'mars' }, ...affinity(term('gpu', 'Exists')) } as never));
  assert.deepEqual(placement, {
    fitting: 0,
    nodes: 2,
    demands: [
      { text: 'zone=mars', none: true, have: ['a', 'b'] },
      { text: 'gpu', none: false, have: [] },
    ],
  });
  assert.equal(placementOf(nodes, demandsOf({})), null);
});
