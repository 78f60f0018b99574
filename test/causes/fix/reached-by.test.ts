// A fix is typed as it is printed: without the flags that led to the cluster it would change another one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { mendNoPods } from '../../../src/causes/fix/no-pods.ts';
import { undoRollout } from '../../../src/causes/fix/rollout.ts';
import { viewsOf } from '../../../src/causes/views.ts';
import type { Evidence, Owner, PodFacts } from '../../../src/values/evidence.ts';
import type { NoPodsReason } from '../../../src/values/no-pods.ts';

const flags = ['--as=jane', '--context=weird name'];
const quoted = "--as=jane '--context=weird name'";

/** The commands of kubectl in a line: `explain` asks no cluster. */
function lost(line: string): readonly string[] {
  const commands = line.match(/kubectl(?:'[^']*'|[^|'])*/g) ?? [];
  return commands.filter((one) => !one.startsWith('kubectl imagepull explain') && !one.includes(quoted));
}

const lab = ['workstation', 'outside'].flatMap(
  (view) =>
    JSON.parse(readFileSync(new URL(`../fixtures/lab-1.20.2-${view}.json`, import.meta.url), 'utf8')) as readonly {
      readonly evidence: Evidence;
    }[],
);

const owners: readonly (Owner | null)[] = [
  null,
  ...['Deployment', 'StatefulSet', 'Job', 'CronJob', 'Node'].map((kind) => ({ kind, name: 'web' })),
  { kind: 'Rollout', name: 'web', group: 'argoproj.io' },
];

const rollout: PodFacts['rollout'] = {
  newest: true,
  previous: { revision: 1, images: { app: 'registry.test/app:1' }, pullSecrets: [], ready: 1 },
};

test('each command of every cause carries them, whoever owns the pod', () => {
  let seen = 0;
  for (const { evidence } of lab)
    for (const owner of owners) {
      const pod: PodFacts = { ...evidence.pod, owner, rollout, shortOfDisk: ['n2'] };
      for (const view of viewsOf({ ...evidence, pod, reachedBy: flags }))
        for (const { fixes } of Object.values(catalogue)) {
          const undo = undoRollout(view, 'manifest-not-found');
          const commands = [...fixes(view), ...(undo ? [undo] : [])]
            .flatMap((fix) => fix.commands)
            .filter((one) => one.includes('kubectl'));
          seen += commands.length;
          assert.deepEqual(commands.flatMap(lost), []);
        }
    }
  assert.ok(seen > 10_000, `${seen} commands`);
});

test('so does what would make the pods that a workload lacks', () => {
  const refused = [
    'pods "x" is forbidden: exceeded quota: pods, requested',
    'violates PodSecurity "restricted:latest"',
    'serviceaccount "app" not found',
    'no PriorityClass with name high was found',
    'maximum memory usage per Container is 1Gi',
    'failed calling webhook "w.test"',
    "ValidatingAdmissionPolicy 'p'",
  ].map((words) => ({ what: 'refused', words }) as const);
  const reasons: readonly NoPodsReason[] = [{ what: 'suspended' }, { what: 'zero' }, { what: 'paused' }, ...refused];
  for (const because of reasons) {
    const [, command = ''] = mendNoPods({ namespace: 'shop', type: 'deployment', name: 'web', because, reachedBy: flags });
    assert.match(command, /^ +kubectl /);
    assert.deepEqual(lost(command), []);
  }
});
