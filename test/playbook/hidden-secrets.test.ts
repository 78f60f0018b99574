import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsFacts } from '../../src/playbook/events.ts';
import { usesOf } from '../../src/playbook/node/uses.ts';
import { readContainers } from '../../src/playbook/pod/containers.ts';
import { podFacts } from '../../src/playbook/pod/facts.ts';
import { heardFromRuntime, heardFromStatus } from '../../src/playbook/probe/answer.ts';
import { shorten } from '../../src/playbook/shorten.ts';

const image = 'registry.example.com/payment:v2.1.3';
const words = `failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://s3.example.com/blob?X-Amz-Signature=hunter2&X-Amz-Date=1": dial tcp: lookup s3.example.com: no such host`;
const message = `Failed to pull image "${image}": ${words}`;
const involvedObject = { uid: 'u', fieldPath: 'spec.containers{app}' };
const event = { metadata: { name: 'e' }, reason: 'Failed', message, involvedObject, lastTimestamp: '2026-11-20T10:00:00Z' };
const pod = {
  metadata: { name: 'p', namespace: 'other', uid: 'u', creationTimestamp: '2026-11-20T09:00:00Z' },
  spec: { nodeName: 'n1', containers: [{ name: 'app', image }] },
  status: {
    phase: 'Pending',
    message: words,
    containerStatuses: [{ name: 'app', image, imageID: '', state: { waiting: { reason: 'ErrImagePull', message: words } } }],
  },
};

test('no message enters the evidence with what may be a secret, wherever it was read', () => {
  const read = {
    events: eventsFacts([event as never]),
    describe: readContainers(pod as never),
    pod: podFacts(pod as never, null),
    neighbours: usesOf([pod as never]),
    probe: [heardFromRuntime(event as never), heardFromStatus(pod as never)],
  };
  for (const [place, facts] of Object.entries(read)) {
    assert.doesNotMatch(JSON.stringify(facts), /hunter2/, place);
    assert.match(JSON.stringify(facts), /X-Amz-Signature=…/, `${place}: and what is left out is seen to be`);
  }
});

test('what is cut of a secret is hidden with it', () => {
  for (const before of [10, 40, 7_000, 8_190, 20_000])
    assert.doesNotMatch(shorten(`${'x '.repeat(before)}password=${'hunter2'.repeat(5000)} ${'y '.repeat(9000)}`, 1000), /hunter2|r2hun/);
});
