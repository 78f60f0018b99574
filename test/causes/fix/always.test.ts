import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { Verdict } from '../../../src/values/verdict.ts';
import { container, evidence, imageSpec, pod, richView } from '../view-builder.ts';

const refused = 'failed to do request: Head "https://localhost/v2/tool/manifests/1": dial tcp 127.0.0.1:443: connect: connection refused';
const denied =
  'failed to resolve reference "docker.io/library/tool:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
const local = { image: 'localhost/tool:1', reference: { registry: 'localhost', repository: 'tool', tag: '1', digest: null } };
const hub = { image: 'tool', reference: { registry: 'docker.io', repository: 'library/tool', tag: 'latest', digest: null } };
const timeout = { ...hub, image: 'docker.io/library/tool:latest' };

function verdict(
  image: typeof local,
  message: string,
  { policy = 'Always', present = true }: { policy?: 'Always' | 'IfNotPresent'; present?: boolean } = {},
): Verdict {
  const rich = richView();
  const listed = `${image.reference.registry}/${image.reference.repository}:${image.reference.tag}`;
  const node = rich.node && { ...rich.node, kubelet: 'v1.36.3', imagesListed: 9, imagesPresent: present ? [listed] : [] };
  const waiting = { reason: 'ErrImagePull', message };
  const [found] = judge(
    evidence({
      pod: pod({ node: 'node-a' }),
      describe: {
        milliseconds: 1,
        outcome: 'done',
        facts: { containers: [container({ image: image.image, pullPolicy: policy, waiting })] },
      },
      spec: {
        milliseconds: 1,
        outcome: 'done',
        facts: {
          images: [imageSpec({ ...image, pullPolicy: policy })],
          pullSecrets: [],
          serviceAccount: { value: { name: 'default', pullSecrets: [] } },
          nodeSelector: {},
        },
      },
      ...(node && { node: { milliseconds: 1, outcome: 'done', facts: node } }),
    }),
  );
  return found ?? assert.fail();
}
const usesIt = ({ fixes }: Verdict) => fixes.findIndex(({ commands }) => commands.join().includes('"imagePullPolicy":"IfNotPresent"'));

test('an image that is on the node is asked of a registry because its policy is Always, and need not be', () => {
  const there = verdict(local, refused);
  assert.equal(there.code, 'connect-refused');
  assert.match(there.explanation, /is on node node-a.*its pull policy, Always, /);
  assert.equal(usesIt(there), 0);
  assert.doesNotMatch(JSON.stringify(there.fixes), /exempt|NeverVerify/, 'its kubelet has checked nothing yet');
  const loaded = verdict(hub, denied);
  assert.equal(loaded.code, 'not-found-or-denied');
  assert.match(loaded.explanation, /is on node node-a.*Always/);
  assert.equal(usesIt(loaded), 0);
});

test('a registry that cannot be reached comes before the copy on the node', () => {
  const away = verdict(
    timeout,
    'failed to do request: Head "https://registry-1.docker.io/v2/library/tool/manifests/latest": dial tcp 1.2.3.4:443: i/o timeout',
  );
  assert.equal(away.code, 'connect-timeout');
  assert.ok(usesIt(away) > 0);
});

test('what is not there, or not asked for by this policy, is not spoken of', () => {
  const absent = verdict(hub, denied, { present: false });
  assert.doesNotMatch(absent.explanation, /Always/);
  assert.equal(usesIt(absent), -1);
  assert.equal(usesIt(verdict(local, refused, { policy: 'IfNotPresent' })), -1);
});

test('an image of localhost that is loaded onto the node is of no use to the policy Always either', () => {
  const absent = verdict(local, refused, { present: false });
  assert.match(absent.fixes[0]?.title ?? '', /^load the image onto node node-a/);
  assert.equal(usesIt(absent), 1);
});
