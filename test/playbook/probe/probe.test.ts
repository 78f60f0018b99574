import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { RawPod } from '../../../src/playbook/kubernetes.ts';
import type { ProbePlan } from '../../../src/playbook/probe/plan.ts';
import { probe } from '../../../src/playbook/probe/probe.ts';
import { FakeApi, type Stored } from '../fake-api.ts';
import { event, pod, running } from '../objects.ts';

const pods = '/api/v1/namespaces/shop/pods';
const events = '/api/v1/namespaces/shop/events';
const plan: ProbePlan = {
  namespace: 'shop',
  pod: { name: 'web', uid: 'owner' },
  node: 'node1',
  serviceAccount: 'builder',
  pullSecrets: ['regcred'],
  targets: [
    {
      container: 'app',
      kind: 'container',
      image: 'r.example.com/team/app:v1',
      reference: { registry: 'r.example.com', repository: 'team/app', tag: 'v1', digest: null },
      anonymously: false,
      hosts: [],
    },
  ],
};
const [target] = plan.targets;
assert.ok(target);

let api: FakeApi;
let announced: string[];
let created: RawPod[];
beforeEach(async () => {
  api = await FakeApi.start();
  announced = [];
  created = [];
  api.onCreate = (_, object) => created.push(object as unknown as RawPod);
});
afterEach(() => api.stop());

/** Makes this API's kubelet say something about each container of each new pod. */
function kubelet(say: (pod: RawPod, container: RawPod['spec']['containers'][number]) => Stored | undefined): void {
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    created.push(made);
    for (const container of made.spec.containers) {
      const said = say(made, container);
      if (said) api.put(events, said);
    }
  };
}

function failed(made: RawPod, container: { name: string; image?: string }, text: string): Stored {
  return event(made.metadata.uid, 'Failed', `Failed to pull image "${container.image}": ${text}`, { container: container.name });
}

async function run(asked = plan, { timeoutMilliseconds = 5000, signal = new AbortController().signal } = {}) {
  return probe(api.cluster(), asked, { timeoutMilliseconds, signal, announce: (text) => announced.push(text) });
}

async function facts(asked = plan, options = {}) {
  const step = await run(asked, options);
  return step.outcome === 'done' ? step.facts : assert.fail(JSON.stringify(step));
}

test("the runtime's own words, and nothing is left", async () => {
  kubelet((made, container) => failed(made, container, 'failed to resolve image: not found'));
  const { refusal, images } = await facts();
  assert.equal(refusal, null);
  const answer = images[0]?.answers[0];
  assert.match(answer?.target ?? '', /^r\.example\.com\/team\/app:imagepull-probe-[0-9a-f]{8}$/);
  assert.deepEqual([answer?.prober, answer?.withSecrets], ['runtime', true]);
  assert.equal(answer?.message, `Failed to pull image "${answer?.target}": failed to resolve image: not found`);
  assert.deepEqual(api.names(pods), []);
  assert.deepEqual(
    api.log.filter((line) => /^(POST|DELETE)/.test(line)).map((line) => line.replace(/[0-9a-f]{8}(?=$|\?)/, 'X')),
    [`DELETE ${pods}/imagepull-probe-X?dryRun`, `POST ${pods}?dryRun`, `POST ${pods}`, `DELETE ${pods}/imagepull-probe-X`],
  );
});

test('who may not remove pods makes none, and the right is named', async () => {
  api.refusals.push({
    method: 'DELETE',
    path: /\/pods\//,
    code: 403,
    reason: 'Forbidden',
    message: 'pods "x" is forbidden: User "low" cannot delete resource "pods" in API group "" in the namespace "shop"',
  });
  const { refusal, images } = await facts();
  assert.equal(refusal?.kind, 'forbidden');
  assert.equal(refusal?.permission, 'delete pods in namespace shop');
  assert.equal(images[0]?.answers[0]?.message, null);
  assert.deepEqual([created, announced], [[], []]);
});

test('the pod: pinned, owned, labelled, limited and fit for pod security restricted', async () => {
  kubelet((made, container) => failed(made, container, 'not found'));
  await facts();
  const made = created[0];
  assert.match(made?.metadata.name ?? '', /^imagepull-probe-[0-9a-f]{8}$/);
  assert.deepEqual(made?.metadata.ownerReferences, [{ apiVersion: 'v1', kind: 'Pod', name: 'web', uid: 'owner' }]);
  assert.equal(made?.metadata.labels?.['app.kubernetes.io/managed-by'], 'kubectl-imagepull');
  const { containers, ...spec } = made?.spec ?? assert.fail();
  assert.deepEqual(spec, {
    nodeName: 'node1',
    restartPolicy: 'Never',
    activeDeadlineSeconds: 60,
    terminationGracePeriodSeconds: 0,
    serviceAccountName: 'builder',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    tolerations: [{ operator: 'Exists' }],
    imagePullSecrets: [{ name: 'regcred' }],
    securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
  });
  const { image, ...container } = containers[0] ?? assert.fail();
  assert.ok(image?.includes(':imagepull-probe-'));
  assert.deepEqual(container, {
    name: 'probe-0',
    imagePullPolicy: 'Always',
    command: ['/imagepull-absent'],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources: { requests: { cpu: '1m', memory: '8Mi' }, limits: { cpu: '200m', memory: '32Mi' } },
  });
  assert.deepEqual(announced, [`Asking node node1 through pod ${made?.metadata.name} in namespace shop; it is removed at once`]);
});

test('with and without secrets, each target by its own container', async () => {
  const second = { ...target, container: 'side', reference: { ...target.reference, repository: 'team/side', digest: 'sha256:0' } };
  kubelet((made, container) => failed(made, container, `${made.metadata.name.endsWith('-anonymous') ? 'no basic auth' : 'not found'}`));
  const { images } = await facts({ ...plan, targets: [{ ...target, anonymously: true }, second] });
  const said = images.map(({ container, answers }) => [
    container,
    ...answers.map(({ withSecrets, message, target }) => [withSecrets, message?.split(': ').at(-1), target.replace(/[0-9a-f]{8}$/, 'X')]),
  ]);
  assert.deepEqual(said, [
    [
      'app',
      [true, 'not found', 'r.example.com/team/app:imagepull-probe-X'],
      [false, 'no basic auth', 'r.example.com/team/app:imagepull-probe-X'],
    ],
    ['side', [true, 'not found', 'r.example.com/team/side:imagepull-probe-X']],
  ]);
  const anonymous = created.find((made) => made.metadata.name.endsWith('-anonymous'));
  assert.deepEqual(
    anonymous?.spec.imagePullSecrets,
    [{ name: `${anonymous?.metadata.name}-none` }],
    'lest admission add those of the service account',
  );
});

test('a pod without pull secrets is asked for once, and admission adds none', async () => {
  kubelet((made, container) => failed(made, container, 'no basic auth credentials'));
  const { images } = await facts({ ...plan, pullSecrets: [], targets: [{ ...target, anonymously: true }] });
  assert.equal(images[0]?.answers.length, 1);
  assert.match(created[0]?.spec.imagePullSecrets?.[0]?.name ?? '', /-none$/);
});

test('words without information are passed over; a status will do where events are lost', async () => {
  kubelet((made, container) => {
    setTimeout(() => {
      const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${container.image}": ErrImagePull: x509: unknown` };
      api.put(pods, {
        ...made,
        status: { phase: 'Pending', containerStatuses: [{ name: container.name, state: { waiting } }] },
      } as unknown as Stored);
    }, 100);
    return event(made.metadata.uid, 'Failed', 'Error: ErrImagePull', { container: container.name });
  });
  assert.match((await facts()).images[0]?.answers[0]?.message ?? '', /ErrImagePull: x509: unknown$/);
});

test("the kubelet's own limit is an answer only where there is no better one", async () => {
  kubelet((made, container) => {
    setTimeout(() => api.put(events, failed(made, container, 'no such host')), 100);
    return failed(made, container, 'pull QPS exceeded');
  });
  assert.match((await facts()).images[0]?.answers[0]?.message ?? '', /no such host$/);
  kubelet((made, container) => failed(made, container, 'pull QPS exceeded'));
  assert.match((await facts(plan, { timeoutMilliseconds: 300 })).images[0]?.answers[0]?.message ?? '', /QPS exceeded$/);
});

test('no answer in time: null, and the pod is removed', async () => {
  const { images } = await facts(plan, { timeoutMilliseconds: 200 });
  assert.equal(images[0]?.answers[0]?.message, null);
  assert.equal(created.length, 1);
  assert.deepEqual(api.names(pods), []);
});

test('interrupted at any moment: nothing is left', async () => {
  for (const delay of [0, 1, 3, 6, 12, 25, 50]) {
    const interruption = new AbortController();
    setTimeout(() => interruption.abort(), delay);
    const step = await run(plan, { signal: interruption.signal, timeoutMilliseconds: 5000 });
    assert.equal(step.outcome, 'unknown', `after ${delay} ms`);
    assert.deepEqual(api.names(pods), [], `after ${delay} ms`);
  }
});

test('interrupted before it began: nothing is created', async () => {
  await run(plan, { signal: AbortSignal.abort(), timeoutMilliseconds: 5000 });
  assert.deepEqual([created, announced], [[], []]);
});

test('a policy says no at the dry run: its own sentence, and nothing is created or announced', async () => {
  const sentence = 'violates PodSecurity "restricted:latest": hostPath volumes';
  api.refuse('POST', /\/pods$/, 403, 'Forbidden', sentence);
  const { refusal, images } = await facts();
  assert.deepEqual(refusal, { kind: 'refused', message: sentence });
  assert.deepEqual(
    images[0]?.answers.map((answer) => answer.message),
    [null],
  );
  assert.deepEqual([created, announced], [[], []]);
});

test('the right to create pods is lacking: it is named', async () => {
  const message = 'pods is forbidden: User "u" cannot create resource "pods" in API group "" in the namespace "shop"';
  api.refuse('POST', /\/pods$/, 403, 'Forbidden', message);
  const { refusal } = await facts();
  assert.deepEqual([refusal?.kind, refusal?.permission], ['forbidden', 'create pods in namespace shop']);
});

test('a node that turns the pod away has answered', async () => {
  api.onCreate = (_, object) =>
    api.put(pods, { ...object, status: { phase: 'Failed', reason: 'Evicted', message: 'The node had condition: [DiskPressure]. ' } });
  assert.deepEqual((await facts()).refusal, { kind: 'refused', message: 'Evicted: The node had condition: [DiskPressure]. ' });
});

test('who may not watch is served by lists', async () => {
  api.refuse('WATCH', /./, 403, 'Forbidden', 'cannot watch');
  kubelet((made, container) => failed(made, container, 'not found'));
  assert.match((await facts()).images[0]?.answers[0]?.message ?? '', /not found$/);
});

test('leftovers of earlier runs are swept: ended or old ones, never another pod', async () => {
  const labels = { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' };
  const now = new Date().toISOString();
  api.put(
    pods,
    pod({ name: 'imagepull-probe-old', labels }),
    pod({ name: 'imagepull-probe-ended', labels, created: now, status: { phase: 'Failed' } }),
    pod({ name: 'imagepull-probe-busy', labels, created: now }),
    pod({ name: 'imagepull-probe-unlabelled' }),
    pod({ name: 'labelled', labels }),
  );
  kubelet((made, container) => failed(made, container, 'not found'));
  await facts();
  assert.deepEqual(api.names(pods).sort(), ['imagepull-probe-busy', 'imagepull-probe-unlabelled', 'labelled']);
});

const withKubelet: ProbePlan = {
  ...plan,
  targets: [{ ...target, hosts: [{ role: 'registry', scheme: 'https', host: 'r.example.com', port: 5000, path: null }] }],
};

test('the kubelet as prober: a harmless image that is on the node, and its event', async () => {
  api.put(
    '/api/v1/namespaces/shop/pods',
    pod({ name: 'sleeper', image: 'localhost/pause:1', state: running }),
    pod({ name: 'app', image: 'shop/app:1', state: running }),
  );
  kubelet((made, container) =>
    made.metadata.name.endsWith('-kubelet')
      ? event(made.metadata.uid, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 401', {
          container: container.name,
        })
      : failed(made, container, 'not found'),
  );
  const { images } = await facts(withKubelet);
  const answer = images[0]?.answers.find((answer) => answer.prober === 'kubelet');
  assert.deepEqual(
    [answer?.target, answer?.message],
    ['https://r.example.com:5000/v2/', 'Readiness probe failed: HTTP probe failed with statuscode: 401'],
  );
  const made = created.find((made) => made.metadata.name.endsWith('-kubelet'));
  const { image, imagePullPolicy, readinessProbe } = (made?.spec.containers[0] ?? {}) as Record<string, unknown>;
  assert.deepEqual([image, imagePullPolicy], ['localhost/pause:1', 'Never']);
  assert.deepEqual(readinessProbe, {
    httpGet: {
      host: 'r.example.com',
      port: 5000,
      scheme: 'HTTPS',
      path: `/v2/team/app/manifests/${made?.metadata.name.replace('-kubelet', '')}`,
    },
    periodSeconds: 1,
    timeoutSeconds: 3,
    failureThreshold: 1,
  });
});

test('the kubelet turns Ready where the registry needs no login', async () => {
  api.put('/api/v1/namespaces/shop/pods', pod({ name: 'sleeper', image: 'localhost/pause:1', state: running }));
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    if (!made.metadata.name.endsWith('-kubelet'))
      return api.put(events, failed(made, made.spec.containers[0] ?? assert.fail(), 'not found'));
    api.put(pods, { ...object, status: { phase: 'Running', containerStatuses: [{ name: 'probe-0', ready: true }] } });
  };
  const { images } = await facts(withKubelet);
  assert.equal(images[0]?.answers.find((answer) => answer.prober === 'kubelet')?.message, 'Readiness probe succeeded');
});

test('no harmless image: the runtime alone is asked', async () => {
  kubelet((made, container) => failed(made, container, 'not found'));
  assert.equal((await facts(withKubelet)).images[0]?.answers.length, 1);
});

test('a policy against the kubelet as prober: the runtime still answers, and its refusal stands at its own answer', async () => {
  api.put(pods, pod({ name: 'sleeper', image: 'localhost/pause:1', state: running }));
  const sentence = 'violates PodSecurity "baseline:latest": probe or lifecycle host';
  api.deny = (object) => (object.metadata.name.endsWith('-kubelet') ? sentence : undefined);
  kubelet((made, container) => failed(made, container, 'not found'));
  const { refusal, images } = await facts(withKubelet);
  assert.equal(refusal, null);
  const [runtime, second] = images[0]?.answers ?? [];
  assert.match(runtime?.message ?? '', /not found$/);
  assert.deepEqual([second?.prober, second?.message, second?.refusal], ['kubelet', null, { kind: 'refused', message: sentence }]);
});

test('an image that this pod may not have is passed over for another', async () => {
  const image = (name: string) => pod({ name: name.replaceAll(/\W/g, ''), image: name, state: running });
  api.put(pods, image('localhost/pause:1'), image('docker.io/library/busybox:1'), image('r.example.com/pauseless:1'));
  kubelet((made, container) => {
    if (!made.metadata.name.includes('-kubelet')) return failed(made, container, 'not found');
    const hidden = container.image === 'localhost/pause:1';
    const message = hidden ? 'Container image is not present with pull policy of Never' : 'Readiness probe failed: no such host';
    return event(made.metadata.uid, hidden ? 'ErrImageNeverPull' : 'Unhealthy', message, { container: container.name });
  });
  const { images } = await facts({ ...withKubelet, thorough: true });
  const answers = images[0]?.answers.filter((answer) => answer.prober === 'kubelet') ?? [];
  assert.deepEqual(
    answers.map(({ message }) => message),
    ['Readiness probe failed: no such host'],
  );
  const asked = created.filter((made) => made.metadata.name.includes('-kubelet')).map((made) => made.spec.containers[0]);
  assert.deepEqual(
    asked.map((container) => [container?.image, (container as { command?: string[] } | undefined)?.command]),
    [
      ['localhost/pause:1', undefined],
      ['docker.io/library/busybox:1', ['sleep', '60']],
    ],
  );
  assert.deepEqual(
    api.names(pods).filter((name) => name.startsWith('imagepull-probe-')),
    [],
  );
  assert.ok(created.every(({ metadata }) => announced.some((text) => text.includes(metadata.name))));
});

test('every host that a pull goes through has a container and an answer of its own', async () => {
  api.put(pods, pod({ name: 'sleeper', image: 'localhost/pause:1', state: running }));
  const token = { role: 'token', scheme: 'https', host: 'auth.example.com', port: 443, path: '/token' } as const;
  const mirror = { role: 'mirror', scheme: 'http', host: 'mirror.example.com', port: 80, path: '/v2/' } as const;
  kubelet((made, container) => {
    if (!made.metadata.name.endsWith('-kubelet')) return failed(made, container, 'not found');
    const { host } = (container as unknown as { readinessProbe: { httpGet: { host: string } } }).readinessProbe.httpGet;
    const text = host === 'auth.example.com' ? `Get "https://${host}:443/token": context deadline exceeded` : 'statuscode: 401';
    return event(made.metadata.uid, 'Unhealthy', `Readiness probe failed: ${text}`, { container: container.name });
  });
  const hosts = [...(withKubelet.targets[0]?.hosts ?? []), token, mirror];
  const { images } = await facts({ ...plan, thorough: true, targets: [{ ...target, hosts }] });
  const said = images[0]?.answers
    .filter(({ prober }) => prober === 'kubelet')
    .map(({ role, target, message }) => [role, target, message?.slice(-17)]);
  assert.deepEqual(said, [
    [undefined, 'https://r.example.com:5000/v2/', ': statuscode: 401'],
    ['token', 'https://auth.example.com:443/token', 'deadline exceeded'],
    ['mirror', 'http://mirror.example.com:80/v2/', ': statuscode: 401'],
  ]);
  const made = created.find(({ metadata }) => metadata.name.endsWith('-kubelet')) as unknown as {
    spec: { containers: readonly { readinessProbe: { httpGet: { scheme: string } } }[] };
  };
  assert.deepEqual(
    made.spec.containers.map(({ readinessProbe }) => readinessProbe.httpGet.scheme),
    ['HTTPS', 'HTTPS', 'HTTP'],
  );
});

test('where the kubelet was answered and the runtime was not, a tool looks closer', async () => {
  api.put(pods, pod({ name: 'box', image: 'localhost/tools:1', state: running }));
  api.deny = (object) =>
    object.metadata.name.endsWith('-kubelet') || object.metadata.name.endsWith('-tool') ? undefined : 'no such image here';
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    created.push(made);
    const [{ name: container }] = made.spec.containers as unknown as [{ name: string }];
    if (made.metadata.name.endsWith('-kubelet'))
      return api.put(
        events,
        event(made.metadata.uid, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 401', { container }),
      );
    const terminated = { exitCode: 0, message: 'dns\tok\t10.0.0.9', finishedAt: '2026-03-01T10:00:02Z' };
    api.put(pods, { ...object, status: { phase: 'Succeeded', containerStatuses: [{ name: container, state: { terminated } }] } });
  };
  const { images } = await facts(withKubelet, { timeoutMilliseconds: 3000 });
  assert.deepEqual(
    images[0]?.answers.map(({ prober, message }) => [prober, message !== null]),
    [
      ['runtime', false],
      ['kubelet', true],
      ['tool', true],
    ],
  );
  assert.match(announced.at(-1) ?? '', /^Asking node node1 through pod imagepull-probe-\w+-tool in namespace shop/);
  assert.deepEqual(api.names(pods), ['box']);
});

test('a quota that leaves little is asked for less', async () => {
  api.deny = (object) =>
    JSON.stringify(object).includes('"cpu":"200m"')
      ? 'exceeded quota: small, requested: limits.cpu=200m, used: limits.cpu=3900m, limited: limits.cpu=4'
      : undefined;
  kubelet((made, container) => failed(made, container, 'not found'));
  const { refusal, images } = await facts();
  assert.equal(refusal, null);
  assert.deepEqual(
    images[0]?.answers.map(({ message }) => message !== null),
    [true],
  );
  assert.match(JSON.stringify(created[0]?.spec.containers), /"limits":\{"cpu":"20m"/);
});

test('when the kubelet has answered, a runtime that hangs is waited for only a while', async () => {
  api.put(pods, pod({ name: 'sleeper', image: 'localhost/pause:1', state: running }));
  kubelet((made, container) =>
    made.metadata.name.endsWith('-kubelet')
      ? event(made.metadata.uid, 'Unhealthy', 'Readiness probe failed: context deadline exceeded', { container: container.name })
      : undefined,
  );
  const start = performance.now();
  const { images } = await facts(withKubelet, { timeoutMilliseconds: 20_000 });
  assert.ok(performance.now() - start < 10_000);
  assert.deepEqual(
    images[0]?.answers.map((answer) => answer.message),
    [null, 'Readiness probe failed: context deadline exceeded'],
  );
});

test('where the kubelet may not connect, a shell that is on the node does; in the network of pods where the node has its own to itself', async () => {
  api.put(pods, pod({ name: 'box', image: 'localhost/tools:1', state: running }));
  const host = 'violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), probe or lifecycle host';
  const connects = (object: Stored) => JSON.stringify(object).includes('httpGet') || JSON.stringify(object).includes('hostNetwork');
  api.deny = (object) => (connects(object) ? host : undefined);
  const report = 'dns\tok\t10.0.0.9\ntcp\tfailed\tnc: timed out';
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    created.push(made);
    if (!made.metadata.name.endsWith('-tool')) return;
    const terminated = { exitCode: 0, message: report, finishedAt: '2026-03-01T10:00:02Z' };
    api.put(pods, { ...object, status: { phase: 'Succeeded', containerStatuses: [{ name: 'probe-0', state: { terminated } }] } });
  };
  const { images } = await facts(withKubelet, { timeoutMilliseconds: 3000 });
  const said = images[0]?.answers.map(({ prober, refusal, hostNetwork, layers }) => [
    prober,
    refusal?.message,
    hostNetwork,
    layers?.map((one) => one.result),
  ]);
  assert.deepEqual(said, [
    ['runtime', undefined, undefined, undefined],
    ['kubelet', host, undefined, undefined],
    ['tool', undefined, false, ['ok', 'failed']],
  ]);
  const made = created.find(({ metadata }) => metadata.name.endsWith('-tool')) as unknown as { spec: Record<string, unknown> };
  assert.deepEqual([made.spec.hostNetwork, made.spec.dnsPolicy], [undefined, 'Default']);
  assert.deepEqual(api.names(pods), ['box']);
});

test('of several hosts the tool is sent to those that answered the kubelet: of the others it has said enough', async () => {
  api.put(pods, pod({ name: 'box', image: 'localhost/tools:1', state: running }));
  const tools: RawPod[] = [];
  api.onCreate = (_, object) => {
    const made = object as unknown as RawPod;
    if (made.metadata.name.endsWith('-tool')) tools.push(made);
    if (!made.metadata.name.endsWith('-kubelet')) return;
    const words = ['HTTP probe failed with statuscode: 404', 'Get "https://m.example/": context deadline exceeded'];
    for (const [index, { name: container }] of made.spec.containers.entries())
      api.put(events, event(made.metadata.uid, 'Unhealthy', `Readiness probe failed: ${words[index]}`, { container }));
  };
  const mirror = { role: 'mirror', scheme: 'https', host: 'm.example', port: 443, path: '/v2/' } as const;
  const targets = withKubelet.targets.map((one) => ({ ...one, hosts: [...one.hosts, mirror] }));
  await facts({ ...withKubelet, targets }, { timeoutMilliseconds: 7000 });
  const asked = tools.map(({ spec }) => spec.containers.map((container) => JSON.stringify(container).includes('m.example')));
  assert.deepEqual(asked, [[false]]);
});

test('a tool whose image the node cannot pull says so, and no other is made in its place', async () => {
  const message = 'failed to pull and unpack image "docker.io/library/busybox:1": x509: certificate signed by unknown authority';
  api.onCreate = (_, object) => {
    created.push(object as unknown as RawPod);
    if (!object.metadata.name.endsWith('-tool')) return;
    api.put(events, failed(object as unknown as RawPod, { name: 'probe-0', image: 'busybox:1' }, message));
    const waiting = { reason: 'ErrImagePull', message };
    api.put(pods, { ...object, status: { phase: 'Pending', containerStatuses: [{ name: 'probe-0', state: { waiting } }] } });
  };
  const { images } = await facts({ ...withKubelet, toolImage: 'busybox:1' }, { timeoutMilliseconds: 3000 });
  const tool = images[0]?.answers.find(({ prober }) => prober === 'tool');
  assert.deepEqual([tool?.message, tool?.refusal], [null, { kind: 'failed', message }]);
  assert.equal(created.filter(({ metadata }) => metadata.name.endsWith('-tool')).length, 1);
});

test('the image itself: as the pod would, and nothing of it is run', async () => {
  kubelet((made, container) =>
    event(made.metadata.uid, 'Pulled', `Successfully pulled image "${container.image}" in 1s`, { container: container.name }),
  );
  const { images } = await facts({ ...withKubelet, tryPull: true });
  assert.deepEqual(
    images[0]?.answers.map(({ prober, target }) => [prober, target]),
    [['canary', 'r.example.com/team/app:v1']],
  );
  const [made, ...others] = created;
  assert.equal(others.length, 0);
  const { image, imagePullPolicy, command } = (made?.spec.containers[0] ?? {}) as Record<string, unknown>;
  assert.deepEqual([image, imagePullPolicy, command], ['r.example.com/team/app:v1', 'Always', ['/imagepull-absent']]);
  assert.deepEqual(made?.spec.imagePullSecrets, [{ name: 'regcred' }]);
  assert.match(announced[0] ?? '', /^Pulling on node node1 through pod .*; nothing of the image is run, and it is removed then$/);
  assert.deepEqual(api.names(pods), []);
});

test('in another namespace: no owner, no secrets, the default service account', async () => {
  kubelet((made, container) => failed(made, container, 'no basic auth credentials'));
  api.onCreate = (
    (inner) => (path, object) =>
      inner(path.replace('/tools/', '/shop/'), object)
  )(api.onCreate);
  api.put('/api/v1/namespaces/tools/pods', pod({ name: 'other', namespace: 'tools' }));
  const step = await run({ ...plan, namespace: 'tools', elsewhere: true }, { timeoutMilliseconds: 500 });
  assert.equal(step.outcome === 'done' && step.facts.namespace, 'tools');
  assert.equal(step.outcome === 'done' && step.facts.images[0]?.answers[0]?.withSecrets, false);
  const [made] = created;
  assert.deepEqual([made?.metadata.ownerReferences, made?.spec.serviceAccountName], [undefined, 'default']);
  assert.match(made?.spec.imagePullSecrets?.[0]?.name ?? '', /-none$/);
  assert.deepEqual(api.names('/api/v1/namespaces/tools/pods'), ['other']);
});

test('a pod of a process of this machine that is no more is swept at once; of a living one, or of another machine, it is not', async () => {
  const labels = { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' };
  const by = (name: string, signature: string) => {
    const made = pod({ name: `imagepull-probe-${name}`, labels, created: new Date().toISOString() });
    const annotations = { 'kubectl-imagepull/run': signature };
    return { ...made, metadata: { ...made.metadata, annotations } } as unknown as Stored;
  };
  api.put(pods, by('dead', 'here/1'), by('alive', 'here/2'), by('foreign', 'there/1'));
  kubelet((made, container) => failed(made, container, 'not found'));
  const identity = { machine: 'here', process: 3, isAlive: (process: number) => process === 2 };
  await probe(api.cluster(), plan, { timeoutMilliseconds: 5000, signal: new AbortController().signal, run: identity, announce: () => {} });
  assert.deepEqual(api.names(pods).sort(), ['imagepull-probe-alive', 'imagepull-probe-foreign']);
  assert.equal(created[0]?.metadata.annotations?.['kubectl-imagepull/run'], 'here/3');
});

test('a canary that is given time is not swept by another run', async () => {
  const labels = { 'app.kubernetes.io/managed-by': 'kubectl-imagepull' };
  const created = new Date(Date.now() - 100_000).toISOString();
  api.put(pods, pod({ name: 'imagepull-probe-x-canary', labels, created, spec: { activeDeadlineSeconds: 300 } }));
  kubelet((made, container) => failed(made, container, 'not found'));
  await facts();
  assert.deepEqual(api.names(pods), ['imagepull-probe-x-canary']);
});
