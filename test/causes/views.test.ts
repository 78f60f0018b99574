import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/causes/judge.ts';
import { viewsOf } from '../../src/causes/views.ts';
import { container, done, evidence, failedPull, secret } from '../report/evidence-builder.ts';

test("the sandbox's image has nothing to do with the pod's Secrets: no fault of theirs explains that it is denied", () => {
  const image = 'registry.example.com/pause:3.10';
  const words = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "${image}": failed to pull image "${image}": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
  const sandbox = container({
    container: 'sandbox',
    kind: 'sandbox',
    image,
    waiting: { reason: 'FailedCreatePodSandBox', message: words },
  });
  const missing = secret({ name: 'ghost', state: 'missing', entries: [] });
  const seen = evidence({
    describe: done({ containers: [sandbox] }),
    events: done({ events: failedPull(image, words), sandboxImage: image }),
    secrets: done({ secrets: [missing], images: [{ container: 'sandbox', kind: 'sandbox', tries: [], nearest: null }] }),
  });
  assert.deepEqual(viewsOf(seen)[0]?.secrets, []);
  const [verdict] = judge(seen);
  assert.doesNotMatch(verdict?.code ?? '', /^pull-secret-/);
  assert.doesNotMatch(JSON.stringify(verdict?.alternatives), /pull-secret-/);
});
