import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { conclude, judge } from '../../../src/causes/judge.ts';
import { read } from '../../../src/causes/reader/read.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { NodeFacts } from '../../../src/values/evidence.ts';
import { attempt, registryFacts } from '../../report/evidence-builder.ts';
import { container, evidence, imageSpec, richView } from '../view-builder.ts';

const image = 'localhost/pause:1';
const local = imageSpec({ image, reference: { registry: 'localhost', repository: 'pause', tag: '1', digest: null }, pullPolicy: 'Never' });
const message = `Container image "${image}" is not present with pull policy of Never`;

function never(node: Partial<NodeFacts> | null, over: Partial<ImageView> = {}): ImageView {
  const rich = richView();
  return richView({
    node: node && rich.node ? { ...rich.node, imagesPresent: [], ...node } : null,
    container: container({ image, pullPolicy: 'Never', waiting: { reason: 'ErrImageNeverPull', message } }),
    spec: local,
    reading: null,
    registry: null,
    ...over,
  });
}
const remote = (node: Partial<NodeFacts> | null) =>
  never(node, {
    container: container({ pullPolicy: 'Never', waiting: { reason: 'ErrImageNeverPull', message } }),
    spec: imageSpec({ pullPolicy: 'Never' }),
  });
const said = (view: ImageView) => {
  const { code, confidence, alternatives } = conclude(view);
  return [code, confidence, ...alternatives.map((other) => other.code)];
};
const explained = (view: ImageView) => catalogue['never-pull'].explanation(view);
const fixes = (view: ImageView) => catalogue['never-pull'].fixes(view);

test('that the image is not there is certain only by the status of a pod whose kubelet checks no credentials, never by a list', () => {
  assert.deepEqual(said(never(null)), ['never-pull', 'likely'], 'nothing is known of the node');
  for (const imagesListed of [undefined, 50, 49, 0])
    assert.deepEqual(
      said(remote({ kubelet: 'v1.36.3', ...(imagesListed !== undefined && { imagesListed }) })),
      ['never-pull', 'likely', 'auth-required'],
      `a list of ${imagesListed}`,
    );
  assert.deepEqual(said(never({ kubelet: 'v1.36.3', imagesListed: 49 })), ['never-pull', 'likely']);
  assert.deepEqual(said(never({ kubelet: 'v1.30.4' })), ['never-pull', 'certain']);
  assert.deepEqual(said(remote({ kubelet: 'v1.30.4', imagesListed: 9 })), ['never-pull', 'certain']);
  const event = never(
    { kubelet: 'v1.30.4' },
    { container: container({ image, pullPolicy: 'Never', waiting: null }), reading: read(message, image) },
  );
  assert.deepEqual(said(event), ['never-pull', 'likely'], 'an event is of its time');
  assert.deepEqual(
    said(never({ kubelet: 'v1.36.3', imagesListed: 9, imagesPresent: [image] })),
    ['never-pull', 'likely'],
    'no registry wants anything for localhost',
  );
  const unread = { kind: 'not-collected', message: 'm' } as const;
  assert.deepEqual(said(never({ kubelet: '', unread })), ['never-pull', 'likely']);
});

test('an image that has come since is not called kept from the pod by a kubelet that checks nothing', () => {
  const since = never({ kubelet: 'v1.30.4', imagesListed: 9, imagesPresent: [image] });
  const { confidence, retry } = conclude(since);
  assert.deepEqual([confidence, retry], ['likely', 'now']);
  assert.match(explained(since), /was not on node \S+ when its kubelet last looked; by now the node lists it/);
  assert.doesNotMatch(explained(since), /credential/);
  assert.deepEqual(fixes(since), []);
});

test('a kubelet that may check credentials, by a feature that is off by default, leaves both open', () => {
  for (const kubelet of ['v1.33.2', 'v1.34.1', 'dev']) {
    assert.deepEqual(said(remote({ kubelet, imagesListed: 9 })), ['never-pull', 'likely', 'auth-required'], kubelet);
    const name = 'registry.example.com/payment:v2.1.3';
    const listed = remote({ kubelet, imagesListed: 9, imagesPresent: [name] });
    assert.deepEqual(said(listed), ['never-pull', 'likely', 'auth-required'], kubelet);
    assert.equal(conclude(listed).retry, undefined, 'it need not be over');
    assert.match(
      explained(listed),
      /lists it by now: it has come since its kubelet last looked, or its kubelet lets a pod have it only with/,
    );
    assert.doesNotMatch(JSON.stringify(fixes(listed)), /import|load the image/);
    assert.match(JSON.stringify(fixes(listed)), /exempt it from that check/);
  }
});

test('what is said of the image is what is known of it', () => {
  const or = /is not on (the )?node.*, or is there and its kubelet lets a pod have it only with a credential/;
  assert.match(explained(never(null)), or);
  assert.match(explained(never({ kubelet: 'v1.36.3' })), or);
  assert.match(explained(never({ kubelet: 'v1.30.4' })), /is not on node \S+\.$/);
  assert.match(
    explained(never({ kubelet: 'v1.36.3', imagesListed: 9 })),
    /is not among the 9 images that node \S+ lists \(the list may be/,
  );
  const there = explained(never({ kubelet: 'v1.36.3', imagesListed: 9, imagesPresent: [image] }));
  assert.match(there, /is on node/);
  assert.doesNotMatch(there, /is not on/);
});

test('an image of localhost is never to be pulled, and one that is there not to be loaded', () => {
  const there = fixes(never({ kubelet: 'v1.36.3', imagesListed: 9, imagesPresent: [image] }));
  for (const view of [never(null), never({ kubelet: 'v1.30.4' }), never({ kubelet: 'v1.36.3', imagesPresent: [image] })])
    assert.doesNotMatch(JSON.stringify(fixes(view)), /IfNotPresent/);
  assert.doesNotMatch(JSON.stringify(there), /import|load the image/);
  assert.match(there[0]?.title ?? '', /NeverVerifyAllowlistedImages.*localhost\/pause/);
  assert.match(fixes(never({ kubelet: 'v1.30.4' }))[0]?.title ?? '', /^load the image/);
});

test('a refused connection to localhost contradicts neither the list of the node nor itself', () => {
  const text = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://localhost/v2/pause/manifests/1": dial tcp 127.0.0.1:443: connect: connection refused`;
  const refused = (node: Partial<NodeFacts>) => {
    const view = never(node);
    const [verdict] = judge(
      evidence({
        pod: view.pod,
        describe: {
          milliseconds: 1,
          outcome: 'done',
          facts: { containers: [container({ image, waiting: { reason: 'ErrImagePull', message: text } })] },
        },
        spec: {
          milliseconds: 1,
          outcome: 'done',
          facts: {
            images: [{ ...local, pullPolicy: 'IfNotPresent' }],
            pullSecrets: [],
            serviceAccount: { value: { name: 'default', pullSecrets: [] } },
            nodeSelector: {},
          },
        },
        ...(view.node && { node: { milliseconds: 1, outcome: 'done', facts: view.node } }),
      }),
    );
    return verdict ?? assert.fail();
  };
  const there = refused({ kubelet: 'v1.36.3', imagesPresent: [image] });
  assert.equal(there.code, 'connect-refused');
  assert.doesNotMatch(there.explanation, /does not have this one/);
  assert.match(there.explanation, /is on node \S+ already/);
  assert.doesNotMatch(JSON.stringify(there.fixes), /ctr|docker save/);
  assert.match(refused({ kubelet: 'v1.30.4' }).explanation, /does not have this one/);
  assert.match(refused({ kubelet: 'v1.36.3' }).explanation, /does not have this one, or does not let this pod use it/);
});

test('the text alone leaves both open', () => {
  for (const text of ['ErrImageNeverPull', message]) {
    const { code, confidence, alternatives } = read(text, image);
    assert.deepEqual([code, confidence, alternatives[0]?.code], ['never-pull', 'likely', 'auth-required']);
  }
  assert.doesNotMatch(catalogue['never-pull'].title, /absent/);
});

test('what nobody gets without a credential is not to be pulled without one', () => {
  const rich = richView();
  const asked = (result: 'unauthorized' | 'found' | 'unreachable', tries: number, imagesPresent: readonly string[]) => {
    const nobody = { credential: null, result, authenticated: null, exchanges: [] };
    const registry = rich.registry && { ...rich.registry, attempts: [nobody] };
    const all = rich.credentials?.tries ?? [];
    const view = remote({ kubelet: 'v1.36.3', imagesListed: 9, imagesPresent });
    return JSON.stringify(
      fixes({ ...view, registry, credentials: { container: 'app', kind: 'container', tries: all.slice(0, tries), nearest: null } })[0],
    );
  };
  const name = 'registry.example.com/payment:v2.1.3';
  const together = /create secret docker-registry registry-example-com-pull .*IfNotPresent.*imagePullSecrets.*registry-example-com-pull/;
  assert.match(asked('unauthorized', 0, []), together, "by the registry's word");
  assert.match(asked('unreachable', 0, [name]), together, "by the kubelet's, which has it and keeps it from this pod");
  for (const free of [asked('found', 0, [name]), asked('unauthorized', 1, []), asked('unreachable', 0, [])]) {
    assert.match(free, /IfNotPresent/);
    assert.doesNotMatch(free, /create secret/);
  }
});

test('what the registry gives to anyone needs no credential', () => {
  const asked = (result: 'found' | 'unauthorized') =>
    said({
      ...remote({ kubelet: 'v1.36.3', imagesListed: 9 }),
      registry: registryFacts({ attempts: [attempt({ credential: null, result })] }),
    });
  assert.deepEqual(asked('found'), ['never-pull', 'likely']);
  assert.deepEqual(asked('unauthorized'), ['never-pull', 'likely', 'auth-required']);
});
