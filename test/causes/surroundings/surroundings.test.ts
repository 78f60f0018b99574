import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { spreadTable } from '../../../src/causes/surroundings/spread-table.ts';
import { surroundings } from '../../../src/causes/surroundings/surroundings.ts';
import { viewsOf } from '../../../src/causes/views.ts';
import { scopeSentence } from '../../../src/report/scope.ts';
import type { CauseCode } from '../../../src/values/cause-code.ts';
import { causeCodes } from '../../../src/values/cause-code.ts';
import type { ConnectionFault, NeighbourFailure, Neighbours } from '../../../src/values/evidence.ts';
import type { Surroundings } from '../../../src/values/surroundings.ts';
import { ago, attempt, done, evidence, exchange, nodeFacts, registryFacts, secret, verdict } from '../../report/evidence-builder.ts';

const own = 'registry.example.com/payment:v2.1.3';
const messages = [
  'failed to do request: Head "https://r.example.com/v2/": dial tcp: lookup r.example.com on 10.0.0.2:53: no such host',
  'failed to do request: Head "https://r.example.com/v2/": dial tcp 10.0.0.1:443: i/o timeout',
  'failed to resolve reference "r.example.com/a:1": r.example.com/a:1: not found',
  'failed to resolve reference "r.example.com/a:1": unexpected status from HEAD request to https://r.example.com/v2/a/manifests/1: 503 Service Unavailable',
  'failed to extract layer: write /var/lib/x: no space left on device',
  'Back-off pulling image "r.example.com/a:1"',
];
const pair = fc.record({ works: fc.nat(4), fails: fc.nat(4) });
const time = fc.constantFrom(null, ago(30), ago(290), ago(9000));
const times = fc.record({ newestWorking: time, oldestFailing: time, newestPulled: time });
const uses = fc.array(fc.record({ pod: fc.constant('a/b'), node: fc.constantFrom('n2', 'ip-10-0-3-7') }), { maxLength: 2 });
const failure: fc.Arbitrary<NeighbourFailure> = fc.record({
  where: fc.constantFrom('here', 'elsewhere', 'others'),
  image: fc.constantFrom(own, 'r.example.com/a:1'),
  node: fc.constantFrom('n2', 'ip-10-0-3-7'),
  waiting: fc.constantFrom(...messages).map((message) => ({ reason: 'ErrImagePull', message })),
});
const neighbours: fc.Arbitrary<Neighbours> = fc
  .record({
    sameImageWorks: uses,
    sameImageFails: uses,
    sameRegistryHere: pair,
    sameRegistryElsewhere: pair,
    otherRegistriesHere: pair,
    failures: fc.array(failure, { maxLength: 6 }),
    timesHere: times,
    timesElsewhere: times,
    cut: fc.boolean(),
  })
  .map((some) => ({ container: 'app', kind: 'container', ...some }));
/** Where nothing from the registry works, and those that fail say why; chance alone seldom makes one. */
const outage: fc.Arbitrary<Neighbours> = neighbours.map((some) => ({
  ...some,
  sameImageWorks: [],
  sameRegistryHere: { works: 0, fails: 1 + some.sameRegistryHere.fails },
  sameRegistryElsewhere: { works: 0, fails: 1 + some.sameRegistryElsewhere.fails },
  failures: (some.failures ?? []).filter(({ waiting }) => !waiting?.message?.startsWith('Back-off')),
}));
const network = causeCodes.filter((code) => ['network', 'tls', 'registry'].includes(catalogue[code].family));
const faults: readonly ConnectionFault[] = [
  { layer: 'dns', code: 'not-found', message: 'm' },
  { layer: 'connect', code: 'timeout', message: 'm' },
  { layer: 'connect', code: 'refused', message: 'm' },
  { layer: 'tls', code: 'expired', message: 'm' },
  { layer: 'tls', code: 'unknown-authority', message: 'm' },
];
const attempts = fc.oneof(
  fc.constant([]),
  fc.constant([attempt({ result: 'unauthorized', exchanges: [exchange({ status: 401 })] })]),
  fc.constant([attempt({ result: 'unavailable', exchanges: [exchange({ status: 503 })] })]),
  fc.constantFrom(...faults).map((fault) => [attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault })] })]),
);
const cases = fc.record({
  code: fc.oneof(fc.constantFrom(...causeCodes), fc.constantFrom(...network)),
  neighbours: fc.oneof(neighbours, outage),
  attempts,
  createdAt: fc.constantFrom(ago(400), ago(90_000)),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function beside({ code, neighbours, attempts, createdAt }: Case): { around: Surroundings; sentence: string } {
  const made = evidence({
    node: done(nodeFacts({ createdAt, neighbours: { value: [neighbours] } })),
    registry: done({ images: [registryFacts({ attempts })] }),
    secrets: done({ secrets: [secret({ changedAt: createdAt })], images: [] }),
  });
  const view = viewsOf(made)[0] ?? assert.fail();
  const around = surroundings(view, { code, confidence: 'likely', alternatives: [] });
  return { around: around ?? {}, sentence: scopeSentence(made, verdict({ code, ...(around && { surroundings: around }) })) ?? '' };
}

const withinNode: readonly CauseCode[] = [
  'disk-full',
  'runtime-unavailable',
  'content-store-damaged',
  'unpack-failed',
  'pull-throttled',
  'never-pull',
];
const ofRegistry: readonly CauseCode[] = ['registry-unavailable', 'registry-bad-response', 'rate-limited'];

test('nothing that is said beside a cause speaks against it, whatever the neighbours and this workstation show', () => {
  const told = { node: 0, registry: 0 };
  fc.assert(
    fc.property(cases, (one) => {
      const { around, sentence } = beside(one);
      const { spread, changes = [] } = around;
      if (spread && spread.sign !== 'others-here') assert.ok(!spreadTable[spread.sign].less.includes(one.code), `${one.code}: ${sentence}`);
      for (const { what } of changes) assert.ok(spreadTable[`${what}-is-new`].more.includes(one.code), `${one.code}: ${sentence}`);
      const accusesNode = /(?:it is|points at) the node|and node \S+ does not/.test(sentence);
      const accusesRegistry = /(?:it is|points at) (?:the registry|registry\.example\.com)/.test(sentence);
      assert.ok(!(accusesNode && accusesRegistry), sentence);
      if (accusesNode) told.node += 1;
      if (accusesRegistry) told.registry += 1;
      if (withinNode.includes(one.code)) assert.ok(!accusesRegistry, `${one.code}: ${sentence}`);
      if (ofRegistry.includes(one.code)) assert.ok(!accusesNode, `${one.code}: ${sentence}`);
      if (['reference', 'credentials', 'content'].includes(catalogue[one.code].family))
        assert.ok(!accusesNode && !accusesRegistry, sentence);
    }),
    { numRuns: 2000 },
  );
  for (const [place, count] of Object.entries(told)) assert.ok(count > 0, `the ${place}: never accused`);
});

test('two parts that point anywhere point to the same place, but that a name may be unknown to a node and to this workstation', () => {
  let told = 0;
  fc.assert(
    fc.property(cases, (one) => {
      const { spread, workstation } = beside(one).around;
      const points = [spread?.pointsAt, workstation?.pointsAt].filter((place) => place != null);
      const isName = points.includes('name') && points.includes('node');
      assert.ok(new Set(points).size < 2 || isName, points.join(' '));
      if (points.length > 1) told += 1;
    }),
    { numRuns: 2000 },
  );
  assert.ok(told > 0, 'no two parts pointed anywhere');
});

test('"it is" is said only of what was seen while it failed, and of all pods where none works', () => {
  const told = { 'only-this-node': 0, 'every-node': 0 };
  fc.assert(
    fc.property(cases, (one) => {
      const { around, sentence } = beside(one);
      if (!/: it is the (?:node|registry, or)/.test(sentence) || !around.spread?.pointsAt) return;
      const { timesElsewhere, cut } = one.neighbours;
      if (around.spread.sign === 'only-this-node')
        assert.equal(timesElsewhere?.newestPulled === ago(30) || timesElsewhere?.newestPulled === ago(290), true, sentence);
      if (around.spread.sign === 'every-node') assert.equal(cut, false, sentence);
      assert.notEqual(around.spread.sign, 'whole-node');
      if (around.spread.sign in told) told[around.spread.sign as keyof typeof told] += 1;
    }),
    { numRuns: 2000 },
  );
  for (const [sign, count] of Object.entries(told)) assert.ok(count > 0, `${sign}: no case came so far`);
});

test('where the cause is over, or there is none, nothing stands beside it', () => {
  const made = evidence();
  const view = viewsOf(made)[0] ?? assert.fail();
  assert.equal(surroundings(view, { code: 'dns-failure', confidence: 'likely', retry: 'now', alternatives: [] }), null);
  assert.equal(surroundings(view, { code: 'none', confidence: 'likely', alternatives: [] }), null);
});
