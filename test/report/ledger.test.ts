import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ledger } from '../../src/report/ledger/index.ts';
import { cases } from './cases.ts';
import { done, event, evidence, forbidden, neighbours, nodeFacts, now, unknown, verdict } from './evidence-builder.ts';

test('every line has a source and a time, and each vantage point its own steps', () => {
  for (const make of Object.values(cases)) {
    const made = make();
    for (const one of made.verdicts) {
      for (const line of ledger(made.evidence, one)) {
        assert.notEqual(line.source, '');
        assert.notEqual(line.at, null);
        assert.equal(line.from === 'workstation', line.step === 'registry');
      }
    }
  }
});

test("the runtime's words stand in full", () => {
  const text = `Failed to pull image "registry.example.com/payment:v2.1.3": ${'very '.repeat(200)}long`;
  const lines = ledger(evidence({ events: done({ events: [event({ message: text })], sandboxImage: null }) }), verdict());
  assert.deepEqual(
    lines.filter((line) => line.step === 'events').map((line) => line.fact),
    [`Failed: ${text}`],
  );
});

test('what stood in the way of a step is evidence', () => {
  const lines = ledger(evidence({ node: unknown(forbidden('get nodes')) }), verdict());
  assert.deepEqual(lines.at(-1), { step: 'node', from: 'cluster', fact: 'you may not get nodes', source: 'node', at: now });
});

test('of many neighbours the first ten are named', () => {
  const sameImageFails = [...Array(300).keys()].map((i) => ({ pod: `shop/p${i}`, node: 'n2' }));
  const lines = ledger(evidence({ node: done(nodeFacts({ neighbours: { value: [{ ...neighbours(), sameImageFails }] } })) }), verdict());
  const named = lines.filter((line) => line.fact.startsWith('the same image fails'));
  assert.equal(named.length, 11);
  assert.equal(named.at(-1)?.fact, 'the same image fails in 290 other pods too');
});

test('whose pods were counted stands beside the count, and what kept the others out', () => {
  const of = (limits: object) => {
    const value = [{ ...neighbours(), ...limits }];
    const lines = ledger(evidence({ node: done(nodeFacts({ neighbours: { value } })) }), verdict());
    return lines.filter(({ source }) => source.startsWith('pods of')).map(({ fact, source }) => [fact.replace(/:.*/, ''), source]);
  };
  const count = 'other images of this registry here';
  assert.deepEqual(of({}), [[count, 'pods of all namespaces']]);
  assert.deepEqual(of({ cut: true }), [[count, 'pods of all namespaces, as far as they were read']]);
  assert.deepEqual(of({ namespace: 'shop', unlisted: forbidden('list pods in all namespaces') }), [
    ['you may not list pods in all namespaces', 'pods of all namespaces'],
    [count, 'pods of namespace shop'],
  ]);
});
