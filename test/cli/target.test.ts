import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTarget } from '../../src/cli/target.ts';

const self = 'kubectl imagepull';

function read(...operands: string[]): string {
  const target = readTarget(operands, self);
  return 'usageError' in target ? target.usageError : `${target.type} ${target.name}`;
}

test('a name alone is a pod, even where it is the name of a type', () => {
  assert.equal(read('web'), 'pod web');
  assert.equal(read('pod'), 'pod pod');
  assert.equal(read('0x10'), 'pod 0x10');
});

test('every spelling of a type is understood', () => {
  const spellings = {
    pod: ['po', 'pod', 'pods', 'Pod', 'pods.', 'pods.v1.'],
    deployment: ['deploy', 'deployment', 'deployments', 'Deployment', 'deployments.apps', 'deployment.v1.apps', 'deploy.apps'],
    statefulset: ['sts', 'statefulset', 'statefulsets', 'statefulsets.apps'],
    daemonset: ['ds', 'daemonset', 'daemonsets'],
    replicaset: ['rs', 'replicaset', 'replicasets', 'replicasets.v1.apps'],
    job: ['job', 'jobs', 'jobs.batch', 'jobs.v1.batch'],
    cronjob: ['cj', 'cronjob', 'cronjobs', 'cronjobs.v1beta1.batch'],
    replicationcontroller: ['rc', 'replicationcontroller', 'replicationcontrollers'],
  };
  for (const [type, names] of Object.entries(spellings)) {
    for (const name of names) {
      assert.equal(read(`${name}/web`), `${type} web`, name);
      assert.equal(read(name, 'web'), `${type} web`, name);
    }
  }
});

const expected =
  "error: expected 'why (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the why command\nSee 'kubectl imagepull why -h' for help and examples";

const refused: [string[], string][] = [
  [[], expected],
  [[''], expected],
  [['pod', ''], expected],
  [['pod', 'a', 'b'], expected],
  [['pod/a', 'pod/b'], expected],
  [['a/b/c'], 'error: arguments in resource/name form may not have more than one slash'],
  [['pod/'], 'error: arguments in resource/name form must have a single resource and name'],
  [['/web'], 'error: arguments in resource/name form must have a single resource and name'],
  [['pod,deploy/web'], 'error: arguments in resource/name form must have a single resource and name'],
  [
    ['pod', 'pod/web'],
    "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl imagepull why resource/<resource_name>' instead of 'kubectl imagepull why resource resource/<resource_name>')",
  ],
  [['deploy*/web'], 'error: the server doesn\'t have a resource type "deploy*"'],
];

for (const [operands, text] of refused) test(`${JSON.stringify(operands)} is refused`, () => assert.equal(read(...operands), text));

test('what is not known here is for the server to tell', () => {
  for (const typed of ['rollout', 'Rollouts.argoproj.io', 'rollouts.v1alpha1.argoproj.io', 'deployments.example.com', 'svc', 'hpa']) {
    assert.deepEqual(readTarget([`${typed}/web`], self), { type: 'other', resource: typed.toLowerCase(), name: 'web' });
  }
  assert.deepEqual(readTarget(['clonesets', 'web'], self), { type: 'other', resource: 'clonesets', name: 'web' });
});

test('a type that stands for no pods is not said to be missing on the server', () => {
  assert.match(read('cm/web'), /^error: cannot tell which pods belong to cm\/web: name a pod, or one of deployment\/NAME, /);
});
