import type { Evidence } from '../../src/values/evidence.ts';
import type { Verdict } from '../../src/values/verdict.ts';
import {
  ago,
  attempt,
  container,
  done,
  event,
  evidence,
  exchange,
  failedPull,
  forbidden,
  imageSpec,
  neighbours,
  nodeFacts,
  pod,
  reference,
  registryFacts,
  runs,
  secret,
  skipped,
  unknown,
  verdict,
} from './evidence-builder.ts';

export interface Case {
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
}

const account = { value: { name: 'default', pullSecrets: [] } } as const;

function tagMissing(): Case {
  return { evidence: evidence({ pod: { ...evidence().pod, standsFor: 3 } }), verdicts: [verdict()] };
}

function secretMissing(): Case {
  const image = 'registry.example.com/payment:v2.1.3';
  const words = `failed to pull and unpack image "${image}": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
  return {
    evidence: evidence({
      events: done({
        events: [
          ...failedPull(image, words),
          event({
            reason: 'FailedToRetrieveImagePullSecret',
            message: 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.',
            container: null,
            image: null,
            count: 22,
          }),
        ],
        sandboxImage: null,
      }),
      secrets: done({
        secrets: [secret({ state: 'missing', type: null, createdAt: null, entries: [] })],
        images: [{ container: 'app', kind: 'container', tries: [], nearest: null }],
      }),
      registry: done({
        images: [
          registryFacts({
            attempts: [
              attempt({
                credential: null,
                result: 'unauthorized',
                authenticated: null,
                exchanges: [
                  exchange({
                    status: 401,
                    challenge: { scheme: 'Basic', realm: 'registry', error: null },
                    errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }],
                  }),
                ],
              }),
            ],
          }),
        ],
      }),
    }),
    verdicts: [
      verdict({
        code: 'pull-secret-missing',
        explanation:
          'The pod names the pull secret regcred, which does not exist in namespace shop, and registry.example.com does not serve payment without a credential.',
        fixes: [
          {
            title: 'create it',
            commands: [
              'kubectl -n shop create secret docker-registry regcred --docker-server=registry.example.com --docker-username=USER --docker-password=PASSWORD',
            ],
          },
          {
            title: 'or copy it from a namespace that has it',
            commands: [
              "kubectl -n OTHER get secret regcred -o json | jq 'del(.metadata.namespace,.metadata.uid,.metadata.resourceVersion)' | kubectl -n shop apply -f -",
            ],
          },
        ],
      }),
    ],
  };
}

function dnsFailure(): Case {
  const image = 'registry.corp.example/team/app:1.4';
  const words = `failed to pull and unpack image "${image}": failed to resolve image: failed to do request: Head "https://registry.corp.example/v2/team/app/manifests/1.4": dial tcp: lookup registry.corp.example on 10.96.0.2:53: no such host`;
  const asked = reference({ registry: 'registry.corp.example', repository: 'team/app', tag: '1.4' });
  return {
    evidence: evidence({
      pod: pod({ name: 'app-0', owner: { kind: 'StatefulSet', name: 'app' }, node: 'worker-2' }),
      describe: done({ containers: [container({ image, waiting: { reason: 'ErrImagePull', message: words } })] }),
      events: done({ events: failedPull(image, words), sandboxImage: null }),
      spec: done({ images: [imageSpec({ image, reference: asked })], pullSecrets: [], serviceAccount: account, nodeSelector: {} }),
      secrets: done({ secrets: [], images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] }),
      registry: done({
        images: [
          registryFacts({
            host: 'registry.corp.example',
            attempts: [
              attempt({
                credential: null,
                result: 'found',
                authenticated: null,
                exchanges: [exchange({ status: 200, url: 'https://registry.corp.example/v2/team/app/manifests/1.4' })],
              }),
            ],
            manifest: {
              mediaType: 'application/vnd.oci.image.index.v1+json',
              digest: `sha256:${'ab'.repeat(32)}`,
              platforms: [
                { os: 'linux', architecture: 'amd64' },
                { os: 'linux', architecture: 'arm64' },
              ],
              configMediaType: null,
              size: 31 * 2 ** 20,
            },
          }),
        ],
      }),
      probe: done({
        refusal: null,
        images: [
          {
            container: 'app',
            kind: 'container',
            answers: [
              {
                prober: 'runtime',
                withSecrets: true,
                target: 'registry.corp.example/team/app:imagepull-probe-k3x9',
                message:
                  'Failed to pull image "registry.corp.example/team/app:imagepull-probe-k3x9": failed to pull and unpack image "registry.corp.example/team/app:imagepull-probe-k3x9": failed to resolve image: failed to do request: Head "https://registry.corp.example/v2/team/app/manifests/imagepull-probe-k3x9": dial tcp: lookup registry.corp.example on 10.96.0.2:53: no such host',
                at: ago(1),
              },
            ],
          },
        ],
      }),
      node: done(
        nodeFacts({
          name: 'worker-2',
          neighbours: {
            value: [
              {
                ...neighbours(),
                sameImageWorks: [{ pod: 'shop/app-1', node: 'worker-1' }],
                sameRegistryHere: { works: 0, fails: 2 },
                sameRegistryElsewhere: { works: 7, fails: 0 },
              },
            ],
          },
        }),
      ),
    }),
    verdicts: [
      verdict({
        image,
        reference: asked,
        code: 'dns-failure',
        retry: 'wait',
        explanation: 'Node worker-2 cannot resolve registry.corp.example: its DNS server 10.96.0.2 says that there is no such host.',
        fixes: [
          {
            title: 'ask the resolver of the node what it knows',
            commands: ['kubectl debug node/worker-2 -it --image=busybox -- chroot /host getent hosts registry.corp.example'],
          },
        ],
      }),
    ],
  };
}

function forbiddenEverything(): Case {
  return {
    evidence: evidence({
      events: unknown(forbidden('list events in namespace shop')),
      spec: done({
        images: [imageSpec()],
        pullSecrets: ['regcred'],
        serviceAccount: { obstacle: forbidden('get serviceaccounts in namespace shop') },
        nodeSelector: {},
      }),
      secrets: done({
        secrets: [
          secret({ state: 'unreadable', obstacle: forbidden('get secrets in namespace shop'), type: null, createdAt: null, entries: [] }),
        ],
        images: [{ container: 'app', kind: 'container', tries: [], nearest: null }],
      }),
      registry: done({
        images: [
          registryFacts({
            attempts: [
              attempt({
                credential: null,
                result: 'unreachable',
                authenticated: null,
                exchanges: [
                  exchange({
                    status: null,
                    fault: { layer: 'connect', code: 'timeout', message: 'connect ETIMEDOUT 10.20.0.9:443' },
                  }),
                ],
              }),
            ],
          }),
        ],
      }),
      probe: done({ refusal: forbidden('create pods in namespace shop'), images: [] }),
      node: unknown(forbidden('get nodes')),
    }),
    verdicts: [
      verdict({
        code: 'unknown',
        confidence: 'possible',
        explanation: 'Node ip-10-0-3-7 cannot pull registry.example.com/payment:v2.1.3, and what may be read does not say why.',
        fixes: [{ title: 'ask someone who may read events', commands: ['kubectl auth can-i list events -n shop'] }],
      }),
    ],
  };
}

function twoContainers(): Case {
  const text = verdict();
  const proxy = { container: 'proxy', image: 'docker.io/envoyproxy/envoy:v1.31.0' } as const;
  const proxyReference = reference({ registry: 'docker.io', repository: 'envoyproxy/envoy', tag: 'v1.31.0' });
  const image = 'registry.example.com/payment:v2.1.3';
  const words = `failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`;
  return {
    evidence: evidence({
      describe: done({ containers: [container(), container({ ...proxy, ...runs, source: 'status.containerStatuses[1]' })] }),
      events: done({
        events: [
          ...failedPull(image, words),
          event({
            ...proxy,
            type: 'Normal',
            reason: 'Pulled',
            message: `Successfully pulled image "${proxy.image}" in 2.1s`,
            last: ago(290),
          }),
        ],
        sandboxImage: null,
      }),
      spec: done({
        images: [imageSpec(), imageSpec({ ...proxy, reference: proxyReference })],
        pullSecrets: ['regcred'],
        serviceAccount: account,
        nodeSelector: {},
      }),
      registry: done({ images: [registryFacts()] }),
    }),
    verdicts: [
      {
        ...text,
        confidence: 'likely',
        explanation: 'The registry answered that the tag v2.1.3 of registry.example.com/payment was not found.',
        alternatives: [{ code: 'repository-not-found', tellApart: 'the registry lists no tags for the repository' }],
      },
      verdict({
        ...proxy,
        reference: proxyReference,
        code: 'none',
        explanation: 'The image of proxy is on node ip-10-0-3-7 and the container runs.',
        fixes: [],
      }),
    ],
  };
}

function sandbox(): Case {
  const image = 'registry.k8s.io/pause:3.10';
  const words = `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start sandbox "9f0e": failed to get sandbox image "${image}": failed to pull image "${image}": failed to resolve image: failed to do request: Head "https://registry.k8s.io/v2/pause/manifests/3.10": dial tcp 34.96.108.209:443: i/o timeout`;
  const asked = reference({ registry: 'registry.k8s.io', repository: 'pause', tag: '3.10' });
  const box = { container: 'sandbox', kind: 'sandbox', image } as const;
  return {
    evidence: evidence({
      describe: done({
        containers: [
          container({ pull: 'unknown', waiting: { reason: 'ContainerCreating', message: null } }),
          container({ ...box, waiting: null, source: 'events' }),
        ],
      }),
      events: done({
        events: [event({ reason: 'FailedCreatePodSandBox', message: words, container: null, image: null, count: 5 })],
        sandboxImage: image,
      }),
      spec: done({
        images: [imageSpec(), imageSpec({ ...box, reference: asked })],
        pullSecrets: [],
        serviceAccount: account,
        nodeSelector: {},
      }),
      secrets: done({ secrets: [], images: [] }),
      registry: skipped('--no-registry was given'),
      probe: skipped('the sandbox itself cannot be made on this node, so a probe pod would fail in the same way'),
      node: done(nodeFacts({ neighbours: { obstacle: forbidden('list pods in all namespaces') } })),
    }),
    verdicts: [
      verdict({
        code: 'none',
        confidence: 'likely',
        explanation: 'Nothing says that an image could not be pulled; container app waits (ContainerCreating).',
        fixes: [],
      }),
      verdict({
        ...box,
        reference: asked,
        code: 'connect-timeout',
        retry: 'wait',
        explanation:
          'Node ip-10-0-3-7 gets no answer from registry.k8s.io (34.96.108.209:443), from where it takes the sandbox image of every pod.',
        alternatives: [{ code: 'proxy-failure', tellApart: 'the node reaches other hosts only through a proxy' }],
        fixes: [
          {
            title: 'let the node reach registry.k8s.io:443, or name another sandbox image in the configuration of its runtime',
            commands: [],
          },
        ],
      }),
    ],
  };
}

function healthy(): Case {
  return {
    evidence: evidence({
      pod: pod({ phase: 'Running', createdAt: ago(3 * 86_400) }),
      describe: done({ containers: [container({ ...runs, imageId: `registry.example.com/payment@sha256:${'cd'.repeat(32)}` })] }),
      events: done({ events: [], sandboxImage: null }),
      registry: skipped('the image is on the node'),
      probe: skipped('the image is on the node'),
    }),
    verdicts: [verdict({ code: 'none', explanation: 'The image of app is on node ip-10-0-3-7 and the container runs.', fixes: [] })],
  };
}

function unscheduled(): Case {
  return {
    evidence: evidence({
      pod: pod({
        node: null,
        unscheduled:
          '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
      }),
      describe: done({ containers: [container({ pull: 'unknown', waiting: null })] }),
      events: done({ events: [], sandboxImage: null }),
      registry: skipped('nothing was pulled yet'),
      probe: skipped('the pod has no node yet'),
      node: skipped('the pod has no node yet'),
    }),
    verdicts: [
      verdict({
        code: 'none',
        explanation: 'The pod has no node yet: 0/3 nodes are available: 3 Insufficient cpu.',
        fixes: [{ title: 'see what it waits for', commands: ['kubectl -n shop describe pod payment-7d4b8c6f9b-xyz12'] }],
      }),
    ],
  };
}

/** A registry that answers with what a terminal would obey, in a long text of several lines. */
function hostile(): Case {
  const image = 'evil.example/a:1';
  const body = '\u001b[2J\u001b[31mroot@node:~# \u202egnp.exe\u202c\r\n<html>\n\t<h1>It works</h1>\u0007\u009b1m </html>';
  const words = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to https://evil.example/v2/a/manifests/1: 418 ${body}`;
  const asked = reference({ registry: 'evil.example', repository: 'a', tag: '1' });
  return {
    evidence: evidence({
      describe: done({ containers: [container({ image })] }),
      events: done({ events: failedPull(image, words), sandboxImage: null }),
      spec: done({ images: [imageSpec({ image, reference: asked })], pullSecrets: [], serviceAccount: account, nodeSelector: {} }),
      secrets: done({ secrets: [], images: [{ container: 'app', kind: 'container', tries: [], nearest: null }] }),
      registry: done({
        images: [
          registryFacts({
            host: 'evil.example',
            attempts: [
              attempt({
                credential: null,
                result: 'bad-response',
                authenticated: null,
                exchanges: [exchange({ status: 418, body, contentType: 'text/html\u001b]0;owned\u0007' })],
              }),
            ],
          }),
        ],
      }),
      node: done(nodeFacts({ conditions: [{ type: 'DiskPressure', status: 'True', reason: null, message: null, since: ago(4000) }] })),
    }),
    verdicts: [
      verdict({
        image,
        reference: asked,
        code: 'registry-bad-response',
        confidence: 'likely',
        explanation: `What evil.example answers is not a registry's: ${body}`,
        fixes: [{ title: 'ask who runs it', commands: ['curl -sS https://evil.example/v2/\nrm -rf /'] }],
      }),
    ],
  };
}

/** One of each shape that a report has. */
export const cases = {
  'tag-missing': tagMissing,
  'secret-missing': secretMissing,
  'dns-failure': dnsFailure,
  'forbidden-everything': forbiddenEverything,
  'two-containers': twoContainers,
  sandbox,
  healthy,
  unscheduled,
  hostile,
} satisfies Record<string, () => Case>;
