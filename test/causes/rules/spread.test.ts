import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { others, weigh } from '../../../src/causes/rules/spread.ts';
import { type Sign, type SignName, signsOf } from '../../../src/causes/surroundings/spread.ts';
import { spreadTable } from '../../../src/causes/surroundings/spread-table.ts';
import { alternative } from '../../../src/causes/tell-apart.ts';
import type { Finding, ImageView } from '../../../src/causes/view.ts';
import type { CauseCode, Confidence } from '../../../src/values/cause-code.ts';
import { causeCodes } from '../../../src/values/cause-code.ts';
import type { NeighbourFailure, Neighbours, PodEvent } from '../../../src/values/evidence.ts';
import { imageSpec, pod, view } from '../view-builder.ts';

const names = Object.keys(spreadTable) as SignName[];
const code = fc.constantFrom(...causeCodes);
const confidence = fc.constantFrom<Confidence>('certain', 'likely', 'possible');
const finding = fc
  .tuple(code, confidence, fc.uniqueArray(code, { maxLength: 4 }), fc.constantFrom(undefined, 'now', 'wait'))
  .map(([code, confidence, open, retry]) => {
    const alternatives = open.filter((other) => other !== code).map(alternative);
    return { code, confidence, alternatives, ...(retry && { retry }) } as Finding;
  });
const signs = fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), fresh: fc.boolean() }), { selector: ({ name }) => name });
const codesOf = ({ alternatives }: Finding) => alternatives.map(({ code }) => code).sort();

test('who else fails proves nothing: it makes nothing certain, takes no other cause, and drops no alternative', () => {
  fc.assert(
    fc.property(finding, signs, fc.boolean(), (finding, signs, fromAfar) => {
      const weighed = weigh(finding, signs, { fromAfar });
      assert.equal(weighed.code, finding.code);
      assert.equal(weighed.confidence === 'certain', finding.confidence === 'certain');
      for (const open of codesOf(finding)) assert.ok(codesOf(weighed).includes(open));
      assert.ok(!codesOf(weighed).includes(finding.code));
    }),
  );
});

test('what is proved, or over, stays as it is; what the node itself was heard on is never lowered', () => {
  fc.assert(
    fc.property(finding, signs, fc.boolean(), (finding, signs, fromAfar) => {
      const weighed = weigh(finding, signs, { fromAfar });
      if (finding.confidence === 'certain' || finding.retry === 'now') assert.deepEqual(weighed, finding);
      if (!fromAfar && finding.confidence === 'likely') assert.equal(weighed.confidence, 'likely');
      if (signs.length === 0) assert.deepEqual(weighed, finding);
    }),
  );
});

test('no cause is both more and less likely for one sign', () => {
  for (const name of names)
    for (const code of spreadTable[name].more) assert.ok(!spreadTable[name].less.includes(code), `${name}: ${code}`);
});

const found = (code: CauseCode, confidence: Confidence, ...open: CauseCode[]): Finding => ({
  code,
  confidence,
  alternatives: open.map(alternative),
});
const said = ({ code, confidence, alternatives }: Finding) => [code, confidence, ...alternatives.map((other) => other.code)];
const fresh = (...names: SignName[]): Sign[] => names.map((name) => ({ name, fresh: true }));
const old = (...names: SignName[]): Sign[] => names.map((name) => ({ name, fresh: false }));
const afar = { fromAfar: true };
const heard = { fromAfar: false };

test('a fresh sign, or two that may be old, move it by a step', () => {
  assert.deepEqual(said(weigh(found('dns-failure', 'possible'), fresh('only-this-node'), heard)), ['dns-failure', 'likely']);
  assert.deepEqual(said(weigh(found('dns-failure', 'possible'), old('only-this-node'), heard)), ['dns-failure', 'possible']);
  assert.deepEqual(said(weigh(found('dns-failure', 'possible'), old('only-this-node', 'node-is-new'), heard)), ['dns-failure', 'likely']);
  assert.deepEqual(said(weigh(found('registry-unavailable', 'likely'), fresh('only-this-node'), afar)), [
    'registry-unavailable',
    'possible',
  ]);
  assert.deepEqual(said(weigh(found('registry-unavailable', 'likely'), fresh('only-this-node'), heard)), [
    'registry-unavailable',
    'likely',
  ]);
});

test('the alternatives come in the order of what the pattern speaks for', () => {
  const hidden = found('not-found-or-denied', 'likely', 'repository-not-found', 'auth-required');
  assert.deepEqual(said(weigh(hidden, old('image-elsewhere'), heard)).slice(2), ['auth-required', 'repository-not-found']);
  assert.deepEqual(said(weigh(hidden, fresh('image-nowhere'), heard)).slice(2), ['repository-not-found', 'auth-required']);
});

const failed: PodEvent = {
  name: 'e',
  type: 'Warning',
  reason: 'Failed',
  message: 'Failed to pull image',
  container: 'app',
  image: 'i',
  count: 1,
  first: '2026-11-20T09:56:00Z',
  last: '2026-11-20T09:58:00Z',
  from: 'kubelet',
};

function seen(over: Partial<Neighbours>, more: Partial<ImageView> = {}): ImageView {
  const none = { works: 0, fails: 0 };
  const counts = { sameRegistryHere: none, sameRegistryElsewhere: none, otherRegistriesHere: none };
  const neighbours: Neighbours = { container: 'app', kind: 'container', sameImageWorks: [], sameImageFails: [], ...counts, ...over };
  return view({ pod: pod({ node: 'n1' }), events: [failed], spec: imageSpec(), neighbours, ...more });
}
const signsIn = (over: Partial<Neighbours>, more?: Partial<ImageView>) =>
  signsOf(seen(over, more), 'unknown').map(({ name, fresh }) => `${name}${fresh ? '!' : ''}`);
const there = (works: number, fails: number) => ({ sameRegistryElsewhere: { works, fails } });

const says = (
  where: NeighbourFailure['where'],
  count: number,
  message: string,
  image = 'other.example.com/a:1',
): readonly NeighbourFailure[] =>
  Array.from({ length: count }, () => ({ where, image, node: 'n2', waiting: { reason: 'ErrImagePull', message } }));
const timeout = 'failed to do request: Head "https://other.example.com/v2/a/manifests/1": dial tcp 10.0.0.1:443: i/o timeout';
const noTag = 'failed to resolve reference "other.example.com/a:1": other.example.com/a:1: not found';
const backOff = 'Back-off pulling image "other.example.com/a:1"';
const full = 'failed to extract layer: write /var/lib/x: no space left on device';

test('the signs: only what was pulled since the first failure, or fails now and says why, is fresh', () => {
  const times = (newestPulled: string | null) => ({ newestWorking: '2026-11-20T09:57:30Z', oldestFailing: null, newestPulled });
  assert.deepEqual(signsIn({}), []);
  assert.deepEqual(signsIn(there(4, 0)), ['only-this-node']);
  assert.deepEqual(signsIn({ ...there(4, 0), timesElsewhere: times('2026-11-20T09:57:00Z') }), ['only-this-node!']);
  assert.deepEqual(signsIn({ ...there(4, 0), timesElsewhere: times('2026-11-20T09:55:00Z') }), ['only-this-node']);
  assert.deepEqual(
    signsIn({ ...there(4, 0), timesElsewhere: times(null) }),
    ['only-this-node'],
    'started since, perhaps with what was there',
  );
  assert.deepEqual(
    signsIn({ ...there(4, 0), timesElsewhere: times('2026-11-20T09:57:00Z') }, { events: [] }),
    ['only-this-node'],
    'since when is not known',
  );
  const told = { failures: says('elsewhere', 3, timeout) };
  assert.deepEqual(signsIn({ ...there(0, 3), ...told }), ['every-node!']);
  assert.deepEqual(signsIn({ ...there(0, 30), ...told }), ['every-node!'], 'of many that fail, some are read');
  assert.deepEqual(signsIn(there(0, 3)), ['every-node'], 'why they fail is not known');
  assert.deepEqual(signsIn({ ...there(0, 3), failures: says('elsewhere', 3, backOff) }), ['every-node'], 'nor does a back-off tell');
  assert.deepEqual(signsIn({ ...there(0, 3), ...told, namespace: 'shop' }), ['every-node'], 'of one namespace only');
  assert.deepEqual(signsIn(there(4, 3)), []);
  assert.deepEqual(
    signsIn({ ...there(4, 3), failures: says('elsewhere', 3, noTag) }),
    ['only-this-node'],
    'the others have their own reasons',
  );
  assert.deepEqual(signsIn({ ...there(4, 3), sameImageWorks: [{ pod: 'a/b', node: 'n2' }] }), ['only-this-node', 'image-elsewhere']);
  assert.deepEqual(signsIn({ sameRegistryHere: { works: 1, fails: 2 }, timesHere: times('2026-11-20T09:57:00Z') }), ['others-here!']);
  assert.deepEqual(
    signsIn({ sameRegistryHere: { works: 0, fails: 1 }, failures: says('here', 1, noTag) }),
    ['others-here'],
    'it answered this node',
  );
  assert.deepEqual(signsIn({ sameImageWorks: [{ pod: 'a/b', node: 'n2' }] }), ['image-elsewhere']);
  const same = { sameImageFails: [{ pod: 'a/b', node: 'n2' }] };
  assert.deepEqual(signsIn(same), ['image-nowhere']);
  assert.deepEqual(signsIn({ sameImageFails: [{ pod: 'a/b', node: 'n1' }] }), [], 'the same node');
  assert.deepEqual(signsIn({ ...there(0, 1), ...same }), ['image-nowhere'], 'no other image of it');
  const own = (message: string) => ({
    ...there(0, 1),
    ...same,
    failures: says('elsewhere', 1, message, 'registry.example.com/payment:v2.1.3'),
  });
  assert.deepEqual(signsIn(own(noTag)), ['image-nowhere!'], 'it may be missing here too');
  assert.deepEqual(signsIn(own(timeout)), ['every-node!'], 'it is not the image');
});

test('pods that fail here for their own missing tags say nothing about the node', () => {
  const others = { otherRegistriesHere: { works: 0, fails: 2 } };
  assert.deepEqual(signsIn({ ...others, failures: says('others', 2, timeout) }), ['whole-node!']);
  assert.deepEqual(signsIn(others), ['whole-node']);
  assert.deepEqual(signsIn({ ...others, failures: says('others', 2, noTag) }), []);
  const mixed = { otherRegistriesHere: { works: 0, fails: 3 }, failures: [...says('others', 2, timeout), ...says('others', 1, noTag)] };
  assert.deepEqual(signsIn(mixed), [], 'another registry is reached');
  const weighed = (failures: readonly NeighbourFailure[]) =>
    weigh(found('connect-timeout', 'possible'), signsOf(seen({ ...others, failures }), 'connect-timeout'), heard).confidence;
  assert.deepEqual(
    [weighed(says('others', 2, timeout)), weighed(says('others', 2, noTag)), weighed([])],
    ['likely', 'possible', 'possible'],
  );
});

test('beside a missing tag, the missing tags of others count as ever', () => {
  const more = { ...there(4, 1), failures: says('elsewhere', 1, noTag) };
  assert.deepEqual(signsOf(seen(more), 'manifest-not-found'), []);
  assert.deepEqual(
    signsOf(seen(more), 'connect-timeout').map(({ name }) => name),
    ['only-this-node'],
  );
});

test('only what may have the same cause counts: a full disk says nothing of the way, nor a time-out of the disk', () => {
  const here = (message: string, code: CauseCode) =>
    signsOf(seen({ otherRegistriesHere: { works: 0, fails: 2 }, failures: says('others', 2, message) }), code).map(({ name }) => name);
  assert.deepEqual(here(full, 'disk-full'), ['whole-node']);
  assert.deepEqual(here(full, 'connect-timeout'), []);
  assert.deepEqual(here(timeout, 'disk-full'), []);
});

test('a host in capitals has neighbours on the way, and none for what a runtime is told about a host as it is written', () => {
  const capitals = { ...there(4, 0), asWritten: { works: 0, fails: 1 } };
  const names = (code: CauseCode) => signsOf(seen(capitals), code).map(({ name }) => name);
  assert.deepEqual(names('dns-failure'), ['only-this-node']);
  assert.deepEqual(names('tls-unknown-authority'), []);
});

test('what changed within a quarter of an hour before the first failure', () => {
  const rollout = (since: string) => ({ pod: pod({ node: 'n1', rollout: { newest: true, previous: null, since } }) });
  assert.deepEqual(signsIn({}, rollout('2026-11-20T09:50:00Z')), ['rollout-is-new']);
  assert.deepEqual(signsIn({}, rollout('2026-11-20T09:40:00Z')), []);
  assert.deepEqual(signsIn({}, rollout('2026-11-20T09:57:00Z')), [], 'after it');
  const local = { registry: 'localhost', repository: 'a', tag: 'b', digest: null };
  assert.deepEqual(signsIn(there(0, 3), { spec: imageSpec({ reference: local }) }), [], 'localhost is another on each machine');
});

test('where only the back-off is left, the failure began with it, as the report says', () => {
  const rollout = { pod: pod({ node: 'n1', rollout: { newest: true, previous: null, since: '2026-11-20T09:50:00Z' } }) };
  const backOff = { ...failed, type: 'Normal', reason: 'BackOff', message: 'Back-off pulling image "registry.example.com/payment:v2.1.3"' };
  assert.deepEqual(signsIn({}, { ...rollout, events: [backOff] }), ['rollout-is-new']);
  const probe = { ...failed, reason: 'Unhealthy', message: 'Readiness probe failed' };
  assert.deepEqual(signsIn({}, { ...rollout, events: [probe] }), [], 'a warning about something else is no failure of a pull');
});

test('where nothing was heard, a place alone explains; a change only adds to it', () => {
  const codes = (view: ImageView) => others(view, 'unknown').map((other) => other.code);
  assert.deepEqual(codes(seen(there(4, 0))), ['dns-failure', 'connect-timeout', 'mirror-misconfigured']);
  const rollout = { newest: true, previous: null, since: '2026-11-20T09:50:00Z' };
  assert.deepEqual(codes(seen({}, { pod: pod({ node: 'n1', rollout }) })), []);
});
