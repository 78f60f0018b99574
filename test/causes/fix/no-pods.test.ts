import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mendNoPods } from '../../../src/causes/fix/no-pods.ts';

const allowed = (words: string) => mendNoPods({ namespace: 'shop', type: 'deployment', name: 'web', because: { what: 'refused', words } });

const refusals: readonly [words: string, fix: RegExp][] = [
  ['failed quota: cpu: must specify limits.cpu for: app', /^Fix {3}set limits.cpu for: app for every container/],
  [
    'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    /pod security level restricted.*:\n +kubectl get namespace shop --show-labels$/,
  ],
  ['error looking up service account shop/robot: serviceaccount "robot" not found', /kubectl -n shop create serviceaccount robot$/],
  ['no PriorityClass with name high was found', /kubectl get priorityclasses$/],
  ['maximum memory usage per Container is 10Mi, but limit is 20Mi', /kubectl -n shop describe limitrange$/],
  [
    'Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: EOF',
    /repair admission webhook policy.example.com/,
  ],
  ['admission webhook "policy.example.com" denied the request: no', /as the policy behind admission webhook policy.example.com wants it$/],
  ["ValidatingAdmissionPolicy 'no-latest' with binding 'x' denied request: no", /kubectl get validatingadmissionpolicy no-latest -o yaml$/],
];

for (const [words, fix] of refusals) {
  test(`what would allow: ${words}`, () => {
    assert.match(allowed(words).join('\n'), fix);
  });
}

test('a name that is none is put into no command', () => {
  assert.deepEqual(allowed('exceeded quota: $(reboot), requested: pods=1'), []);
  assert.deepEqual(allowed('serviceaccount "x; reboot" not found'), []);
});
