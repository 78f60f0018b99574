import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewsOf } from '../../src/causes/views.ts';
import { settlePulls } from '../../src/playbook/describe.ts';
import { eventsOf } from '../../src/report/steps/pull-events.ts';
import type { ContainerFacts, PodEvent } from '../../src/values/evidence.ts';
import { concerns, tellsOfImage } from '../../src/values/pull-event.ts';
import { container, done, event, evidence, verdict } from '../report/evidence-builder.ts';

const app = { container: 'app', kind: 'container', image: 'nginx' } as const;
const of = (over: Partial<PodEvent>): PodEvent => event({ image: 'nginx', reason: 'Pulling', ...over });

test('an event is about the container and the image that it names, with the tag that is assumed', () => {
  assert.equal(concerns(of({}), app), true);
  assert.equal(concerns(of({ image: 'nginx:latest' }), app), true);
  assert.equal(concerns(of({ image: null, reason: 'Failed' }), app), true);
  assert.equal(concerns(of({ image: 'nginx:1' }), app), false, 'an image before this one');
  assert.equal(concerns(of({ container: 'side' }), app), false);
  assert.equal(concerns(of({ container: null }), app), false);
  assert.equal(concerns(of({ reason: 'FailedCreatePodSandBox', container: null, image: null }), app), false);
});

test('an image volume is known by its image, the sandbox by the reason', () => {
  const volume = { container: 'data', kind: 'imageVolume', image: 'nginx' } as const;
  assert.equal(concerns(of({ container: null }), volume), true);
  assert.equal(concerns(of({ container: null, image: null }), volume), false);
  assert.equal(concerns(of({ container: 'app' }), volume), false);
  const sandbox = { container: 'sandbox', kind: 'sandbox', image: 'pause' } as const;
  assert.equal(concerns(of({ reason: 'FailedCreatePodSandBox', container: null, image: null }), sandbox), true);
  assert.equal(concerns(of({ container: null }), sandbox), false);
});

test('the playbook, the causes and the report answer alike: the tag that is assumed makes no other image', () => {
  const pulling: ContainerFacts = container({ image: 'nginx', pull: 'unknown', waiting: { reason: 'ContainerCreating', message: null } });
  const events = [of({ image: 'nginx:latest' })];
  assert.equal(settlePulls([pulling], events, false)[0]?.pull, 'pulling');
  const facts = { events, sandboxImage: null };
  assert.equal(viewsOf(evidence({ describe: done({ containers: [pulling] }), events: done(facts) }))[0]?.events.length, 1);
  assert.equal(eventsOf(facts, verdict({ image: 'nginx' })).length, 1);
});

test('an image is there when it was pulled, or was there already; not where it may not be pulled', () => {
  assert.equal(tellsOfImage('Successfully pulled image "x" in 1s (1s including waiting).'), true);
  assert.equal(tellsOfImage('Container image "x" already present on machine'), true);
  assert.equal(tellsOfImage('Container image "x" already present on machine and can be accessed by the pod'), true);
  assert.equal(tellsOfImage('Container image "x" is not present with pull policy of Never'), false);
  assert.equal(tellsOfImage('Failed to pull image "x": not found'), false);
});
