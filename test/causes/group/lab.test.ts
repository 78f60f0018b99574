// Everything that fails in the lab at once (two nodes, Kubernetes 1.36.3), as a scan read it: what an expert would write down.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { groupFailures } from '../../../src/causes/group/group.ts';
import { judge } from '../../../src/causes/judge.ts';
import type { Evidence } from '../../../src/values/evidence.ts';

const evidence = JSON.parse(readFileSync(new URL('fixtures/lab.json', import.meta.url), 'utf8')) as readonly Evidence[];
const judged = evidence.map((item) => ({ evidence: item, verdicts: judge(item) }));

/** Pods, cause, subject: the biggest first. */
const expected = `
3 registry-unavailable: registry faulty.lab.test:5010
2 auth-required: registry private.lab.test:5001
2 connection-dropped: registry faulty.lab.test:5010
2 registry-bad-response: registry faulty.lab.test:5010
1 auth-forbidden: repository faulty.lab.test:5010/forbidden
1 auth-rejected: secret badpw
1 auth-rejected: secret badtok
1 auth-required: registry faulty.lab.test:5010
1 connect-refused: registry refused.lab.test:1 from node1
1 connect-timeout: registry blackhole.lab.test:5099 from node1
1 connect-timeout: registry faulty.lab.test:5010
1 corrupt-layer: image faulty.lab.test:5010/corrupt:1
1 corrupt-layer: image faulty.lab.test:5010/nottar:1
1 disk-full: node node1
1 dns-failure: registry nxdomain.lab.test from node1
1 dns-failure: registry open.lab.test:5000 from node2, works elsewhere
1 http-on-https: registry plain.lab.test:5005 from node1
1 invalid-image-name: image https://open.lab.test:5000/team/app:v1.0.0
1 invalid-image-name: image open.lab.test:5000/Team/App:v1
1 manifest-not-found: image docker.io/library/busybox:nosuch
1 manifest-not-found: image open.lab.test:5000/team/app:v2.1.3
1 manifest-not-found: image open.lab.test:5000/team/app:v9
1 manifest-not-found: image open.lab.test:5000/team/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
1 mirror-misconfigured: mirror refused.lab.test:2
1 never-pull: image open.lab.test:5000/team/app:v1.0.0
1 no-route: registry offnet.lab.test from node1
1 no-route: registry unreachable.lab.test from node1
1 not-found-or-denied: repository docker.io/library/my-app
1 not-found-or-denied: repository token.lab.test:5006/team/app
1 platform-mismatch: image open.lab.test:5000/team/arm-only:1
1 pull-secret-malformed: secret opaque
1 pull-secret-missing: secret ghost
1 pull-secret-wrong-registry: secret otherhost
1 rate-limited: registry docker.io
1 rate-limited: registry faulty.lab.test:5010
1 registry-blob-missing: image faulty.lab.test:5010/missingblob:1
1 repository-not-found: repository faulty.lab.test:5010/nosuch
1 repository-not-found: repository open.lab.test:5000/team/ap
1 tls-expired: registry expired.lab.test:5003 from node1
1 tls-name-mismatch: registry misnamed.lab.test:5004 from node1
1 tls-unknown-authority: registry untrusted.lab.test:5002 from node1
1 unsupported-manifest: image faulty.lab.test:5010/chart:1
1 unsupported-manifest: image faulty.lab.test:5010/schema1:1
`;

test('the groups of the lab are what an expert would write down', () => {
  const groups = groupFailures(judged).map(({ code, subject, members }) => {
    const where = subject.node === null ? '' : ` from ${subject.node}${subject.worksElsewhere ? ', works elsewhere' : ''}`;
    const name = `${subject.kind.replace('-from-node', '')} ${subject.name}${where}`;
    return `${new Set(members.map(({ pod }) => pod)).size} ${code}: ${name}`;
  });
  assert.deepEqual(groups, expected.trim().split('\n'));
});

test('no group is surer than any of its pods, and the order of the pods does not matter', () => {
  const order = ['possible', 'likely', 'certain'];
  const groups = groupFailures(judged);
  for (const group of groups) {
    const least = Math.min(...group.members.map(({ confidence }) => order.indexOf(confidence)));
    assert.ok(order.indexOf(group.confidence) <= least, `${group.code} ${group.subject.name}`);
  }
  const names = (from: typeof groups) => from.map(({ code, subject, members }) => [code, subject.name, members.length]);
  assert.deepEqual(names(groupFailures(judged.toReversed())), names(groups));
});

test('each failing image is in one group', () => {
  const failing = judged.flatMap(({ verdicts }) => verdicts.filter(({ code }) => code !== 'none' && code !== 'still-pulling'));
  const members = groupFailures(judged).flatMap((group) => group.members);
  assert.equal(members.length, failing.length);
});
