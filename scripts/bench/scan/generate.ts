import { writeFileSync } from 'node:fs';
import { Api } from './api.ts';
import { namespaceName, nodeName, type Plan, plan, type Size } from './pods.ts';

/*
 * Fills a cluster that has an API server and nothing else (LAB_PARTS=control-plane test/lab/up) with pods:
 *   node scripts/bench/scan/generate.ts EXPECTED [PODS [FAILING [NAMESPACES [NODES]]]]
 * EXPECTED is a file to be written: namespace/name, cause and image of each failing pod. It may be run again with more pods.
 */
const [expectedFile, ...numbers] = process.argv.slice(2);
const [pods = 10_000, failing = Math.floor(pods / 20), namespaces = 200, nodes = 50] = numbers.map(Number);
if (!expectedFile || !process.env.KUBECONFIG)
  throw new Error('usage: KUBECONFIG=FILE generate.ts EXPECTED [PODS [FAILING [NAMESPACES [NODES]]]]');
const size: Size = { pods, failing, namespaces, nodes };
const api = new Api(process.env.KUBECONFIG);

await all(namespaces, (i) =>
  api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespaceName(i) } }),
);
await all(namespaces, (i) =>
  api.create(`/api/v1/namespaces/${namespaceName(i)}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  }),
);
await all(nodes, makeNode);
const plans: Plan[] = Array.from({ length: pods }, (_, i) => plan(i, size));
await all(pods, (i) => makePod(plans[i] as Plan));
const expected = plans.flatMap(({ namespace, name, failure }) =>
  failure ? [{ pod: `${namespace}/${name}`, code: failure.code, image: failure.image }] : [],
);
writeFileSync(expectedFile, `${JSON.stringify(expected, null, 1)}\n`);
process.stdout.write(`${pods} pods, ${expected.length} failing\n`);
api.close();

async function makeNode(i: number): Promise<void> {
  const name = nodeName(i);
  await api.create('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name } } });
  const nodeInfo = {
    operatingSystem: 'linux',
    architecture: 'amd64',
    kubeletVersion: 'v1.36.3',
    containerRuntimeVersion: 'containerd://2.3.7',
    machineID: '',
    systemUUID: '',
    bootID: '',
    kernelVersion: '',
    osImage: '',
    kubeProxyVersion: '',
  };
  await api.patch(`/api/v1/nodes/${name}/status`, {
    status: { nodeInfo, conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }] },
  });
}

async function makePod({ namespace, name, object, status, failure }: Plan): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`;
  const uid = (await api.create(`${path}/pods`, object)).metadata?.uid;
  if (uid === undefined) return;
  await api.patch(`${path}/pods/${name}/status`, { status });
  if (failure)
    await Promise.all(['Failed', 'BackOff'].map((reason) => makeEvent(namespace, name, uid, reason, failure.image, failure.message)));
}

async function makeEvent(namespace: string, name: string, uid: string, reason: string, image: string, message: string): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const text =
    reason === 'Failed'
      ? `Failed to pull image "${image}": ${message.replace(/^.*?ErrImagePull: /s, '')}`
      : `Back-off pulling image "${image}"`;
  await api.create(`/api/v1/namespaces/${namespace}/events`, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason.toLowerCase()}`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid, fieldPath: 'spec.containers{app}' },
    type: reason === 'Failed' ? 'Warning' : 'Normal',
    reason,
    message: text,
    count: 4,
    firstTimestamp: now,
    lastTimestamp: now,
    source: { component: 'kubelet', host: 'bench' },
    reportingComponent: 'kubelet',
  });
}

/** All of them at once: the Api sends a few at a time. */
async function all(count: number, make: (i: number) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < count; start += 1000) {
    await Promise.all(Array.from({ length: Math.min(1000, count - start) }, (_, i) => make(start + i)));
  }
}
