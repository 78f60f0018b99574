import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import type { RawPod } from '../../src/playbook/kubernetes.ts';
import { FakeApi } from '../playbook/fake-api.ts';
import { event, pod } from '../playbook/objects.ts';
import { fakeIo } from './fake-io.ts';

const image = 'registry.example.com/team/app:v1';
const logs = '/api/v1/nodes/node1/proxy/logs/';
const nextHost = (host: string, repository = 'team/app') =>
  `time="2026-03-01T11:00:00Z" level=info msg="trying next host" error="dial tcp: i/o timeout" url="https://${host}/v2/${repository}/manifests/v1?ns=registry.example.com"`;

/** The hosts that the kubelet was sent to. */
async function hostsAsked(t: TestContext, flags: readonly string[], text: string): Promise<readonly string[]> {
  const api = await FakeApi.start();
  t.after(() => api.stop());
  const reason = 'ErrImagePull';
  api.put('/api/v1/namespaces/shop/pods', pod({ image, state: { waiting: { reason, message: `Back-off pulling image "${image}"` } } }));
  api.put('/api/v1/nodes', { metadata: { name: 'node1' }, status: { images: [{ names: ['localhost/pause:1'] }] } });
  api.texts.set(logs, text);
  const created: RawPod[] = [];
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    created.push(made);
    for (const { name } of made.spec.containers) {
      const reason = made.metadata.name.endsWith('-kubelet') ? 'Unhealthy' : 'Failed';
      const words =
        reason === 'Failed' ? `Failed to pull image "x": not found` : 'Readiness probe failed: HTTP probe failed with statuscode: 404';
      api.put('/api/v1/namespaces/shop/events', event(made.metadata.uid ?? '', reason, words, { container: name }));
    }
  };
  const io = fakeIo();
  const words = ['why', 'web', '-n=shop', '--no-registry', `--server=${api.url}`, '--probe=always', ...flags];
  assert.equal(await run(words, io), 0, io.err());
  const kubelet = created.find(({ metadata }) => metadata.name.endsWith('-kubelet'));
  const containers = (kubelet?.spec.containers ?? []) as readonly {
    readonly readinessProbe?: { readonly httpGet: { readonly host: string } };
  }[];
  return containers.map(({ readinessProbe }) => readinessProbe?.httpGet.host ?? '');
}

test('a mirror that only the logs of the node name is probed too: the logs are read first', async (t) => {
  const text = [nextHost('mirror.example.net'), nextHost('other.example.net', 'team/application')].join('\n');
  assert.deepEqual(await hostsAsked(t, ['--node-logs'], text), ['registry.example.com', 'mirror.example.net']);
});

test('without --node-logs no log is read', async (t) => {
  assert.deepEqual(await hostsAsked(t, [], nextHost('mirror.example.net')), ['registry.example.com']);
});
