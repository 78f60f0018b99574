import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseText } from '../../src/causes/choose-text.ts';
import { judge } from '../../src/causes/judge.ts';
import { viewsOf } from '../../src/causes/views.ts';
import type { PodEvent } from '../../src/values/evidence.ts';
import { container, evidence } from './view-builder.ts';

const done = <F>(facts: F) => ({ outcome: 'done', milliseconds: 1, facts }) as const;
const now = '2026-11-20T10:00:00Z';
const image = 'registry.example.com/payment:v2.1.3';

function event(message: string, overrides: Partial<PodEvent> = {}): PodEvent {
  const base = { name: 'e', type: 'Warning', reason: 'Failed', container: 'app', image, count: 1, first: now, last: now, from: 'kubelet' };
  return { ...base, message, ...overrides };
}

const failed = (clause: string, overrides: Partial<PodEvent> = {}) => event(`Failed to pull image "${image}": ${clause}`, overrides);

test('a modern back-off message holds the error, and is newer than any event', () => {
  const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: pull QPS exceeded` };
  const chosen = chooseText(container({ waiting }), [failed('no such host')], now);
  assert.match(chosen?.text ?? '', /QPS exceeded/);
  assert.equal(chosen?.step, 'describe');
});

test('an old back-off message says nothing, so the newest event that does is taken', () => {
  const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` };
  const events = [failed('first'), failed('dial tcp: i/o timeout', { name: 'newest' }), event('Error: ErrImagePull', { image: null })];
  const chosen = chooseText(container({ waiting }), events, now);
  assert.equal(chosen?.source, 'event newest');
});

test('when the events have expired there is no text', () => {
  const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` };
  assert.equal(chooseText(container({ waiting }), [event(`Back-off pulling image "${image}"`, { reason: 'BackOff' })], now), null);
});

test('a reason that is a sentence is itself the error', () => {
  const message = 'illegal base64 data at input byte 4';
  assert.equal(chooseText(container({ waiting: { reason: message, message } }), [], now)?.text, message);
});

test('a crash loop of a running image is no text about its pull', () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app pod=payment' };
  assert.equal(chooseText(container({ waiting, pull: 'pulled' }), [], now), null);
});

test('neither another container nor a previous image speaks for this one', () => {
  const events = [
    failed('no such host', { container: 'sidecar', image: 'sidecar:1' }),
    failed('connection refused', { image: 'registry.example.com/payment:v1' }),
  ];
  const [view] = viewsOf(
    evidence({
      describe: {
        outcome: 'done',
        milliseconds: 1,
        facts: { containers: [container({ waiting: { reason: 'ImagePullBackOff', message: null } })] },
      },
      events: { outcome: 'done', milliseconds: 1, facts: { events, sandboxImage: null } },
    }),
  );
  assert.deepEqual(view?.events, []);
  assert.equal(view?.reading, null);
});

test('a pull that failed before one that succeeded does not say what fails now', () => {
  const full = failed('write /var/lib/containerd/data: no space left on device', { last: '2026-11-20T09:50:00Z' });
  const pulled = event(`Successfully pulled image "${image}" in 338ms`, { reason: 'Pulled', last: '2026-11-20T09:51:00Z' });
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app pod=payment' };
  const crashing = { waiting, pull: 'pulled', log: 'exec /bin/sleep: exec format error' } as const;
  assert.equal(chooseText(container(crashing), [full, pulled], now)?.text, crashing.log);
  assert.equal(chooseText(container({ ...crashing, log: null }), [full, pulled], now)?.isOver, true);
  assert.equal(chooseText(container({ waiting: null, pull: 'failing' }), [full, pulled], now)?.isOver, undefined);
  const silent = container({ ...crashing, log: null });
  const judged = judge(
    evidence({ describe: done({ containers: [silent] }), events: done({ events: [full, pulled], sandboxImage: null }) }),
  );
  assert.equal(judged[0]?.code, 'none', 'the disk has room by now');
  const start = event('Error: failed to create containerd container: no space left on device', { last: pulled.last });
  assert.equal(chooseText(silent, [full, pulled, start], now)?.text, start.message);
});

test('a start that failed before the container ran does not say what fails now', () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=app pod=payment' };
  const log = 'exec /bin/sleep: exec format error';
  const ended = (at: string | null, reason = 'Error') =>
    container({ waiting, pull: 'pulled', log, terminated: { reason, message: null, exitCode: 1, ranMilliseconds: 0, at } });
  const full = event('Error: failed to create containerd container: write meta.db: no space left on device', {
    last: '2026-11-20T09:50:00Z',
  });
  assert.equal(chooseText(ended('2026-11-20T09:55:00Z'), [full], now)?.text, log);
  assert.equal(chooseText(ended('2026-11-20T09:45:00Z'), [full], now)?.text, full.message);
  assert.equal(chooseText(ended('2026-11-20T09:55:00Z', 'StartError'), [full], now)?.text, full.message);
  assert.equal(chooseText(ended(null), [full], now)?.text, full.message);
});
