import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import { type Story, tell, withChange } from '../../../src/causes/watch/story.ts';
import type { Evidence, SecretFacts } from '../../../src/values/evidence.ts';
import { container, done, evidence, imageSpec, pod, skipped } from '../../report/evidence-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const message = `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`;
const failing = container({ image, pull: 'failing', waiting: { reason: 'ErrImagePull', message } });
const pulled = container({ image, pull: 'pulled', waiting: null, running: true });

function at(minute: number, parts: Partial<Evidence>, before: Story | null, isPulled = false): Story {
  const found: Evidence = { ...evidence(), registry: skipped('no'), ...parts };
  const time = `2026-10-05T12:0${minute}:00.000Z`;
  return tell(before, { at: time, evidence: [found], verdicts: [judge(found)], pulled: isPulled });
}

const describe = (one: typeof failing) => done({ containers: [one] });
const secret = (state: SecretFacts['state'], changedAt: string | null = null): SecretFacts => ({
  name: 'regcred',
  state,
  obstacle: null,
  type: null,
  fault: null,
  createdAt: null,
  changedAt,
  entries: [],
});
const secrets = (one: SecretFacts) => done({ secrets: [one], images: [] });

test('the first failure is kept, and what changed since it is told with its first and its last value', () => {
  let story = at(0, { describe: describe(failing), secrets: secrets(secret('missing')) }, null);
  assert.equal(story.state, 'failing');
  const { first } = story;
  assert.equal(
    first?.code,
    judge({ ...evidence(), registry: skipped('no'), describe: describe(failing), secrets: secrets(secret('missing')) })[0]?.code,
  );
  story = at(1, { describe: describe(failing), secrets: secrets(secret('usable', '2026-10-05T12:01:00Z')) }, story);
  story = at(2, { describe: describe(failing), secrets: secrets(secret('usable', '2026-10-05T12:02:00Z')) }, story);
  story = at(3, { describe: describe(pulled), secrets: secrets(secret('usable', '2026-10-05T12:02:00Z')) }, story, true);
  assert.equal(story.state, 'fixed');
  assert.deepEqual(story.first, first);
  assert.deepEqual(story.changes, [
    {
      at: '2026-10-05T12:02:00.000Z',
      what: 'secret',
      name: 'regcred',
      before: { state: 'missing', changedAt: null },
      after: { state: 'usable', changedAt: '2026-10-05T12:02:00Z' },
    },
  ]);
});

test('what is again as it was is no change', () => {
  let story = at(0, { describe: describe(failing), pod: pod({ node: 'node1' }) }, null);
  story = at(1, { describe: describe(failing), pod: pod({ node: 'node2' }) }, story);
  assert.deepEqual(
    story.changes.map(({ what }) => what),
    ['node'],
  );
  story = at(2, { describe: describe(failing), pod: pod({ node: 'node1' }) }, story);
  assert.deepEqual(story.changes, []);
});

test('a step that could not be read changes nothing, and its last known state is remembered', () => {
  let story = at(0, { describe: describe(failing), secrets: secrets(secret('missing')) }, null);
  const obstacle = { kind: 'timeout', message: 'no answer' } as const;
  story = at(1, { describe: describe(failing), secrets: { outcome: 'unknown', obstacle, milliseconds: 1 } }, story);
  assert.deepEqual(story.changes, []);
  story = at(2, { describe: describe(failing), secrets: secrets(secret('usable', '2026-10-05T12:01:00Z')) }, story);
  assert.deepEqual(
    story.changes.map(({ before }) => before),
    [{ state: 'missing', changedAt: null }],
  );
});

test('pulled from the beginning is healthy; pulled after a wait is fixed, without a failure', () => {
  const healthy = at(0, { describe: describe(pulled) }, null, true);
  assert.equal(healthy.state, 'healthy');
  const waits = at(
    0,
    { describe: describe(container({ image, pull: 'pulling', waiting: { reason: 'ContainerCreating', message: null } })) },
    null,
  );
  assert.equal(waits.state, 'waiting');
  const over = at(1, { describe: describe(pulled) }, waits, true);
  assert.deepEqual([over.state, over.first], ['fixed', null]);
});

test('what another source tells counts as well', () => {
  const story = at(0, { describe: describe(failing) }, null);
  const change = { at: '2026-10-05T12:01:00Z', what: 'registry', name: image, before: 'manifest-unknown', after: 'found' } as const;
  assert.deepEqual(withChange(story, change).changes, [change]);
});

test('an image volume and a container of one name are two things', () => {
  const volume = container({ container: 'app', kind: 'imageVolume', image: 'registry.example.com/model:1' });
  const known = evidence().spec;
  assert.ok(known.outcome === 'done');
  const spec = (...images: readonly string[]) =>
    done({
      ...known.facts,
      images: images.map((image, index) => imageSpec({ image, container: 'app', kind: index === 0 ? 'container' : 'imageVolume' })),
    });
  const both = done({ containers: [failing, volume] });
  let story = at(0, { describe: both, spec: spec(image, volume.image) }, null);
  story = at(1, { describe: both, spec: spec(image, 'registry.example.com/model:2') }, story);
  assert.deepEqual(
    story.changes.map(({ what, kind, name, before, after }) => [what, kind, name, before, after]),
    [['image', 'imageVolume', 'app', 'registry.example.com/model:1', 'registry.example.com/model:2']],
  );
});
