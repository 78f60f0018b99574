import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import type { Attempt, ContainerFacts, Evidence, NodeFacts, SecretFacts } from '../../../src/values/evidence.ts';
import {
  attempt,
  container,
  done,
  evidence,
  exchange,
  failedPull,
  neighbours,
  nodeFacts,
  registryFacts,
  secret,
} from '../../report/evidence-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const tags = { count: 5, complete: true, nearest: ['v2.1.2'], newest: 'v2.1.2' };
const noHost = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.example.com/v2/payment/manifests/v2.1.3": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host`;

function judged(over: Partial<Evidence>) {
  return judge(evidence(over)).map((verdict) => [verdict.container, verdict.code, verdict.confidence] as const);
}

function dns(found: Partial<Attempt>, node: Partial<NodeFacts> = {}) {
  const [verdict] = judge(
    evidence({
      events: done({ events: failedPull(image, noHost), sandboxImage: null }),
      registry: done({ images: [registryFacts({ attempts: [attempt(found)], tags: found.result === 'found' ? null : tags })] }),
      node: done(nodeFacts({ neighbours: { value: [{ ...neighbours(), sameRegistryHere: { works: 0, fails: 1 } }] }, ...node })),
    }),
  );
  return verdict ?? assert.fail();
}

test('a node without DNS, and a tag that the registry does not have: both are told, and no other node is offered', () => {
  const verdict = dns({});
  assert.equal(verdict.code, 'dns-failure');
  assert.deepEqual(
    verdict.also?.map(({ code, confidence }) => [code, confidence]),
    [['manifest-not-found', 'likely']],
  );
  assert.match(verdict.also?.[0]?.explanation ?? '', /tag v2\.1\.3 does not exist/);
  assert.match(JSON.stringify(verdict.also?.[0]?.fixes), /set image .*v2\.1\.2/);
  assert.doesNotMatch(JSON.stringify(verdict.fixes), /cordon/);
});

test('where the registry has the image, another node is offered, unless it fails there too', () => {
  const verdict = dns({ result: 'found' });
  assert.equal(verdict.also, undefined);
  assert.match(JSON.stringify(verdict.fixes), /kubectl cordon/);
  const here = { ...neighbours(), sameRegistryHere: { works: 0, fails: 1 }, sameImageFails: [{ pod: 'shop/b', node: 'n2' }] };
  assert.doesNotMatch(JSON.stringify(dns({ result: 'found' }, { neighbours: { value: [here] } }).fixes), /cordon/);
});

const setup = container({
  container: 'setup',
  kind: 'initContainer',
  image: 'registry.example.com/tools:1',
  source: 'status.initContainerStatuses[0]',
});
const untried = { pull: 'unknown', waiting: { reason: 'PodInitializing', message: null } } as const;
const anonymous = attempt({ credential: null, result: 'unauthorized', authenticated: null, exchanges: [exchange({ status: 401 })] });

function behind(init: Partial<ContainerFacts>, attempts: readonly Attempt[], over: Partial<Evidence> = {}) {
  const noSecret: readonly SecretFacts[] = attempts[0]?.credential ? [secret()] : [];
  return judged({
    describe: done({ containers: [{ ...setup, ...init }, container(untried)] }),
    events: done({ events: [], sandboxImage: null }),
    secrets: done({ secrets: noSecret, images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] }),
    registry: done({ images: attempts.length > 0 ? [registryFacts({ attempts, tags })] : [] }),
    ...over,
  }).find(([name]) => name === 'app');
}

test('an image behind an init container has not been pulled: not called sound, and the registry is believed', () => {
  assert.deepEqual(behind({}, [attempt()]), ['app', 'manifest-not-found', 'likely']);
  assert.deepEqual(behind({}, [anonymous]), ['app', 'auth-required', 'likely']);
  assert.deepEqual(behind({}, []), ['app', 'none', 'likely'], 'it was not asked');
  assert.deepEqual(behind({}, [attempt({ result: 'found' })]), ['app', 'none', 'likely']);
  const runs = { pull: 'pulled', waiting: null, running: true, sidecar: false } as const;
  assert.deepEqual(behind(runs, [attempt()]), ['app', 'manifest-not-found', 'likely'], 'it is at work');
});

test('an image that is on the node is not pulled, whatever the registry has', () => {
  const node = done(nodeFacts({ imagesPresent: [image], kubelet: 'v1.34.1' }));
  assert.deepEqual(behind({}, [attempt()], { node }), ['app', 'none', 'likely']);
  assert.deepEqual(behind({}, [anonymous], { node }), ['app', 'none', 'likely']);
});

test('why a kubelet pulls what the node has', () => {
  const words = `failed to pull and unpack image "${image}": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
  const explained = (kubelet: string) =>
    judge(
      evidence({
        events: done({ events: failedPull(image, words), sandboxImage: null }),
        secrets: done({ secrets: [], images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] }),
        registry: done({ images: [registryFacts({ attempts: [anonymous] })] }),
        node: done(nodeFacts({ imagesPresent: [image], kubelet })),
      }),
    )[0]?.explanation ?? '';
  assert.match(explained('v1.36.3'), /is on node ip-10-0-3-7 already, but its kubelet \(v1\.36\.3\) checks the credential of each pod/);
  assert.doesNotMatch(explained('v1.34.1'), /already/);
});

test('of a node that has not been asked for it, nothing is said about its credentials', () => {
  const over = {
    describe: done({ containers: [setup, container(untried)] }),
    events: done({ events: [], sandboxImage: null }),
    secrets: done({ secrets: [], images: [{ container: 'app', kind: 'container' as const, tries: [], nearest: null }] }),
    registry: done({ images: [registryFacts({ attempts: [anonymous] })] }),
  };
  const app = judge(evidence(over)).find(({ container }) => container === 'app');
  assert.match(app?.explanation ?? '', /^Not pulled yet: .* init container setup is done\. .* The pod names no pull secret\.$/);
  const sidecar = { ...setup, sidecar: true, running: false, pull: 'failing' as const, waiting: { reason: 'ErrImagePull', message: null } };
  const behindSidecar = judge(evidence({ ...over, describe: done({ containers: [sidecar, container(untried)] }) }));
  const waits = behindSidecar.find(({ container }) => container === 'app')?.explanation ?? '';
  assert.match(waits, /^Not pulled yet: .* init container setup has started\./, 'a sidecar is never done');
});

test('an image that is not to be pulled, and that its registry does not have: pulling it is not the first fix', () => {
  const never = (result: Attempt['result']) => {
    const waiting = { reason: 'ErrImageNeverPull', message: `Container image "${image}" is not present with pull policy of Never` };
    const [verdict] = judge(
      evidence({
        describe: done({ containers: [container({ image, pullPolicy: 'Never', pull: 'failing', waiting })] }),
        registry: done({ images: [registryFacts({ attempts: [attempt({ result })], tags: result === 'found' ? null : tags })] }),
      }),
    );
    return verdict ?? assert.fail();
  };
  const gone = never('manifest-unknown');
  assert.equal(gone.code, 'never-pull');
  assert.deepEqual(
    gone.also?.map(({ code }) => code),
    ['manifest-not-found'],
  );
  assert.match(gone.fixes[0]?.title ?? '', /^load the image/);
  assert.match(gone.fixes[1]?.title ?? '', /^or name an image that the registry has \(this one it does not\), and let the kubelet pull it/);
  const there = never('found');
  assert.equal(there.also, undefined);
  assert.match(there.fixes[0]?.title ?? '', /^let the kubelet pull it/);
});
