import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../../src/cli/run.ts';
import { FakeApi } from '../../playbook/fake-api.ts';
import { pod, running, waiting } from '../../playbook/objects.ts';
import { fakeIo } from '../fake-io.ts';

const image = (version: number) => `r.example.com/app:v${version}`;
const labels = { app: 'web' };
const controlled = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }],
});
const set = (version: number, ready: number) => ({
  metadata: {
    name: `web-${version}`,
    uid: `web-${version}`,
    labels,
    annotations: { 'deployment.kubernetes.io/revision': String(version) },
    ...controlled('Deployment', 'web'),
  },
  spec: { template: { spec: { containers: [{ name: 'app', image: image(version) }] } } },
  status: { replicas: 1, readyReplicas: ready },
});
const of = (version: number, state: ReturnType<typeof waiting>) =>
  pod({
    name: `web-${version}-a`,
    labels,
    image: image(version),
    state,
    owner: { kind: 'ReplicaSet', name: `web-${version}`, uid: `web-${version}` },
  });

async function firstFix(ready: number, command: readonly string[]): Promise<string> {
  const api = await FakeApi.start();
  try {
    api.put('/apis/apps/v1/namespaces/shop/replicasets', set(1, ready), set(2, 0));
    api.put('/apis/apps/v1/namespaces/shop/deployments', {
      metadata: { name: 'web', uid: 'web' },
      spec: { selector: { matchLabels: labels } },
    });
    api.put(
      '/api/v1/namespaces/shop/pods',
      of(1, running),
      of(2, waiting('ErrImagePull', `failed to resolve image: ${image(2)}: not found`)),
    );
    const io = fakeIo({});
    await run([...command, '-n=shop', '--no-registry', '-o=json', `--server=${api.url}`, '--kubeconfig=/dev/null'], io);
    const document = JSON.parse(io.out());
    const typed: string = (document.groups?.[0] ?? document.images[0]).fixes[0].commands[0] ?? '';
    return typed.replace(`--server=${api.url}`, '--server=URL');
  } finally {
    api.stop();
  }
}

test('scan and why put the same first: back to the revision before where that is ready, and only then', async () => {
  for (const ready of [1, 0]) {
    const [scanned, asked] = [await firstFix(ready, ['scan']), await firstFix(ready, ['why', 'deploy/web', '--probe=never'])];
    assert.equal(scanned, asked);
    assert.equal(/rollout undo deployment\/web/.test(scanned), ready === 1, scanned);
  }
});
