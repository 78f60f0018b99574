import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { ContainerFacts, PodEvent } from '../../../src/values/evidence.ts';
import { container, evidence, pod } from '../view-builder.ts';

const event = (overrides: Partial<PodEvent>): PodEvent => ({
  name: 'e',
  type: 'Warning',
  reason: 'FailedMount',
  message: 'MountVolume.SetUp failed for volume "v" : secret "nope" not found',
  container: null,
  image: null,
  count: 7,
  first: '2026-11-20T09:59:00Z',
  last: '2026-11-20T09:59:40Z',
  from: 'kubelet',
  ...overrides,
});
const verdict = (facts: Partial<ContainerFacts>, ...events: readonly PodEvent[]) => {
  const done = { milliseconds: 1, outcome: 'done' } as const;
  const [found] = judge(
    evidence({
      pod: pod({ node: 'node-a' }),
      describe: { ...done, facts: { containers: [container(facts)] } },
      events: { ...done, facts: { events, sandboxImage: null } },
    }),
  );
  return found ?? assert.fail();
};
const creating = { pull: 'unknown', waiting: { reason: 'ContainerCreating', message: null } } as const;

test('what comes before the image is what the pod waits for, in its own words', () => {
  const mount = verdict(creating, event({}));
  assert.deepEqual([mount.code, mount.confidence], ['none', 'certain']);
  assert.match(mount.explanation, /comes before its image: FailedMount: MountVolume\.SetUp failed .* secret "nope" not found\.$/);
  const network = event({ reason: 'FailedCreatePodSandBox', message: 'plugin type="calico" failed (add): unauthorized' });
  assert.match(verdict(creating, event({}), network).explanation, /FailedCreatePodSandBox: plugin type="calico" failed/);
});

test('what was in the way before the image was there is not', () => {
  const pulled = event({ type: 'Normal', reason: 'Pulled', message: 'Container image "x" already present', container: 'app' });
  assert.doesNotMatch(verdict(creating, event({}), pulled).explanation, /MountVolume/);
});

test('a container that could not be started has no log, and no exit code of a program', () => {
  const message = 'failed to create containerd task: OCI runtime create failed: exec: "/no/such": stat /no/such: no such file or directory';
  const terminated = { reason: 'StartError', message, exitCode: 128, ranMilliseconds: 0, at: '2026-11-20T09:59:00Z' };
  for (const reason of ['RunContainerError', 'CrashLoopBackOff']) {
    const waiting = { reason, message: reason === 'RunContainerError' ? message : 'back-off 2m40s restarting failed container' };
    const { code, explanation, fixes } = verdict({ pull: 'pulled', waiting, terminated, restarts: 3 });
    assert.equal(code, 'none');
    assert.match(explanation, /cannot be started: .*exec: "\/no\/such": stat \/no\/such: no such file or directory\.$/, reason);
    assert.doesNotMatch(explanation, /exit code/);
    assert.match(fixes[0]?.title ?? '', /command, args, workingDir/);
    assert.doesNotMatch(JSON.stringify(fixes), /logs/);
  }
  const ran = { ...terminated, reason: 'Error', message: null, exitCode: 3 };
  const { explanation, fixes } = verdict({ pull: 'pulled', waiting: { reason: 'CrashLoopBackOff', message: null }, terminated: ran });
  assert.match(explanation, /starts and ends again with exit code 3/);
  assert.match(JSON.stringify(fixes), /logs/);
});
