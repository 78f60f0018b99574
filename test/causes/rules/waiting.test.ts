import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../../src/causes/judge.ts';
import { probeNeed } from '../../../src/causes/probe/need.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { ContainerFacts, PodEvent } from '../../../src/values/evidence.ts';
import { container, evidence, imageSpec, pod, view } from '../view-builder.ts';

const now = '2026-11-20T10:00:00Z';
const creating = { pull: 'unknown', waiting: { reason: 'ContainerCreating', message: null } } as const;

function event(reason: string): PodEvent {
  const base = {
    name: 'e',
    type: reason.startsWith('Failed') || reason === 'NetworkNotReady' ? 'Warning' : 'Normal',
    message: '',
    container: null,
    image: null,
    count: 1,
    from: 'kubelet',
  };
  return { ...base, reason, first: now, last: now };
}

interface Case {
  readonly createdAt?: string;
  readonly events?: readonly PodEvent[] | 'unread';
  readonly container?: Partial<ContainerFacts>;
  readonly others?: readonly ContainerFacts[];
}

function waits(
  { createdAt = '2026-11-20T08:00:00Z', events = [], container: over = {}, others = [] }: Case,
  more: Partial<ImageView> = {},
) {
  const subject = pod({ node: 'n1', createdAt });
  const own = container({ ...creating, ...over });
  const obstacle = { kind: 'forbidden', message: 'no', permission: 'list events' } as const;
  return view({
    pod: subject,
    container: own,
    spec: imageSpec(),
    evidence: evidence({
      collectedAt: now,
      pod: subject,
      describe: { outcome: 'done', milliseconds: 0, facts: { containers: [own, ...others] } },
      events:
        events === 'unread'
          ? { outcome: 'unknown', milliseconds: 0, obstacle }
          : { outcome: 'done', milliseconds: 0, facts: { events, sandboxImage: null } },
    }),
    ...more,
  });
}

const said = (subject: ImageView) => {
  const { code, confidence, alternatives } = conclude(subject);
  return [code, confidence, ...alternatives.map((other) => other.code)];
};

test('no event left, or none may be read: nothing is said for certain', () => {
  const open = ['unknown', 'possible', 'still-pulling', 'connect-timeout', 'none'];
  assert.deepEqual(said(waits({})), open);
  assert.deepEqual(said(waits({ events: 'unread' })), open);
  assert.deepEqual(said(waits({ events: [event('Scheduled')] })), open);
  assert.equal(probeNeed(waits({ events: 'unread' })).needed, true, 'and the node is worth asking');
});

test('a pod that was made just now has had no time to fail', () => {
  const young = waits({ createdAt: '2026-11-20T09:59:50Z' });
  assert.deepEqual(said(young), ['none', 'likely', 'still-pulling']);
  assert.equal(probeNeed(young).needed, false);
});

test('events that name something else, and pods that wait for something else, have no problem with the image', () => {
  const none = ['none', 'certain'];
  assert.deepEqual(said(waits({ events: [event('FailedMount')] })), none);
  const init = container({ container: 'setup', kind: 'initContainer', pull: 'pulled', running: true, restarts: 0 });
  const initializing = { waiting: { reason: 'PodInitializing', message: null } };
  const atWork = { ...init, running: false };
  assert.deepEqual(said(waits({ container: initializing, others: [atWork] })), ['none', 'likely'], 'it waits for the init container');
  assert.equal(said(waits({ container: initializing, others: [init] }))[0], 'unknown', 'a sidecar runs on');
});

test('a pull whose beginning no event tells is not called certain either', () => {
  assert.deepEqual(said(waits({ container: { pull: 'pulling' } })), ['still-pulling', 'likely', 'pull-stalled']);
  assert.deepEqual(said(waits({ container: { pull: 'pulling' }, createdAt: '2026-11-20T09:59:50Z' })), ['still-pulling', 'certain']);
});

test('what the node says decides', () => {
  const message = 'Failed to pull image "x": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host';
  const answer = { prober: 'runtime', withSecrets: true, target: 'x', message, at: null } as const;
  const probe = { container: 'app', kind: 'container', answers: [answer] } as const;
  assert.deepEqual(said(waits({}, { probe })), ['dns-failure', 'likely', 'still-pulling']);
});

test("an event of somebody else's does not say what the kubelet is at", () => {
  const left = (reason: string, from: string) => said(waits({ events: [{ ...event(reason), from }] }));
  const open = said(waits({ events: [] }));
  assert.deepEqual(left('PolicyViolation', 'kyverno-scan'), open);
  assert.deepEqual(left('NodeNotReady', 'node-controller'), open);
  assert.deepEqual(left('FailedToRetrieveImagePullSecret', 'kubelet'), open);
  assert.deepEqual(left('FailedAttachVolume', 'attachdetach-controller'), ['none', 'certain']);
  assert.deepEqual(left('FailedMount', 'kubelet'), ['none', 'certain']);
});

test("what becomes of another container, or of the whole pod's settings, does not say what this one waits for", () => {
  const open = said(waits({ events: [] }));
  const left = (reason: string, of: string | null) => waits({ events: [{ ...event(reason), container: of }] });
  for (const reason of ['Unhealthy', 'BackOff', 'Killing', 'Started', 'Pulled', 'Created'])
    assert.deepEqual(said(left(reason, 'side')), open, reason);
  for (const reason of ['DNSConfigForming', 'NodeNotReady', 'FailedKillPod']) assert.deepEqual(said(left(reason, null)), open, reason);
  assert.equal(probeNeed(left('Unhealthy', 'side')).needed, true, 'so the node is worth asking');
  for (const reason of ['FailedCreatePodSandBox', 'NetworkNotReady', 'FailedMapVolume', 'FailedPrepareDynamicResources'])
    assert.deepEqual(said(left(reason, null)), ['none', 'certain'], reason);
});

test('a failure before the images that is over does not say what the container waits for now', () => {
  const events = [event('FailedMount'), { ...event('Started'), container: 'side' }];
  assert.deepEqual(said(waits({ events })), said(waits({ events: [] })));
});

test('a failure that nothing has repeated for long is no word on what the container waits for now', () => {
  const events = [{ ...event('FailedMount'), last: '2026-11-20T09:45:00Z' }];
  assert.deepEqual(said(waits({ events })), ['none', 'likely', 'still-pulling']);
});

test('while the kubelet pulls another image of the pod this one has not had its turn', () => {
  const other = container({ container: 'first', pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } });
  assert.deepEqual(said(waits({ others: [other] })), ['none', 'likely', 'still-pulling']);
});

test('a pull that has just begun, of an image that others have failed with for long, is no matter of time alone', () => {
  const pulling = { pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } } as const;
  const begun = { createdAt: '2026-11-20T09:59:45Z', container: pulling, events: [event('Pulling')] };
  const neighbours = {
    container: 'app',
    kind: 'container',
    sameImageWorks: [],
    sameImageFails: [{ pod: 'shop/other', node: 'n1' }],
    sameRegistryHere: { works: 0, fails: 1 },
    sameRegistryElsewhere: { works: 0, fails: 0 },
    otherRegistriesHere: { works: 3, fails: 0 },
    timesHere: { newestWorking: null, oldestFailing: '2026-11-20T08:30:00Z' },
  } as const;
  assert.deepEqual(said(waits(begun)), ['still-pulling', 'certain']);
  const beside = waits(begun, { neighbours });
  assert.deepEqual(said(beside), ['still-pulling', 'likely', 'connect-timeout', 'pull-stalled']);
  assert.match(conclude(beside).alternatives[0]?.tellApart ?? '', /shop\/other/);
  assert.ok(probeNeed(beside).needed);
  const lately = { ...neighbours, timesHere: { newestWorking: null, oldestFailing: '2026-11-20T09:59:40Z' } };
  assert.deepEqual(said(waits(begun, { neighbours: lately })), ['still-pulling', 'certain']);
  const served = { ...neighbours, sameImageWorks: [{ pod: 'shop/fine', node: 'n2' }] };
  assert.deepEqual(said(waits(begun, { neighbours: served })), ['still-pulling', 'certain']);
});

test('a pull that hangs while the node reaches the registry goes another way: a mirror that fails is named, else left open', () => {
  const pulling = waits({
    container: { pull: 'pulling' },
    events: [{ ...event('Pulling'), last: '2026-11-20T09:58:00Z' }],
  });
  const answer = { withSecrets: false, target: 'https://registry.example.com:443/v2/', at: null } as const;
  const silent = { ...answer, prober: 'runtime', message: null } as const;
  const reached = { ...answer, prober: 'kubelet', message: 'Readiness probe failed: HTTP probe failed with statuscode: 404' } as const;
  const mirror = {
    ...reached,
    role: 'mirror',
    target: 'https://mirror.example.net/v2/',
    message: 'Readiness probe failed: Get "https://mirror.example.net/v2/": context deadline exceeded',
  } as const;
  const asked = (...answers: NonNullable<ImageView['probe']>['answers']) => ({
    ...pulling,
    probe: { container: 'app', kind: 'container', answers } as const,
  });
  assert.deepEqual(said(asked(silent, reached)), ['still-pulling', 'likely', 'pull-stalled', 'mirror-misconfigured', 'proxy-failure']);
  const blamed = asked(silent, reached, mirror);
  assert.deepEqual(said(blamed), ['mirror-misconfigured', 'likely', 'connect-timeout', 'still-pulling']);
  assert.equal(conclude(blamed).retry, 'wait', 'the runtime goes on past it');
  assert.deepEqual(said(asked({ ...silent, message: 'Failed to pull image "x": not found' }, reached, mirror)), [
    'still-pulling',
    'likely',
    'pull-stalled',
  ]);
});
