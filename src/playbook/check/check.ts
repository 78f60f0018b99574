import type { Cluster } from '../../cluster/cluster.ts';
import { matchesPlatform } from '../../image/platform.ts';
import type { CheckEvidence } from '../../values/check.ts';
import type { ContainerFacts, Evidence, NodePlatform, Platform, PodFacts, Reading } from '../../values/evidence.ts';
import type { RawNode, RawPod } from '../kubernetes.ts';
import { listNodes, nodePlatform } from '../node/platforms.ts';
import { collectRegistry, type Inspect } from '../registry.ts';
import { collectSecrets } from '../secrets.ts';
import { collectSpec } from '../spec.ts';
import type { Question } from './questions.ts';

export interface CheckOptions {
  /** Only this node; undefined: all that the pod could run on. */
  readonly node: string | undefined;
  readonly inspect: Inspect;
  readonly timeoutMilliseconds: number;
  now(): Date;
}

/**
 * The playbook's steps spec, secrets and registry for pods that are not there yet, all at once.
 * @throws ApiError, ConnectionError where the node that was named cannot be read
 */
export async function collectChecks(
  cluster: Cluster,
  questions: readonly Question[],
  options: CheckOptions,
): Promise<readonly CheckEvidence[]> {
  const nodes = await readNodes(cluster, options.node);
  return Promise.all(questions.map((question) => collectCheck(cluster, question, nodes, options)));
}

async function readNodes(cluster: Cluster, only: string | undefined): Promise<Reading<readonly RawNode[]>> {
  return only === undefined ? listNodes(cluster) : { value: [await cluster.get<RawNode>(`/api/v1/nodes/${encodeURIComponent(only)}`)] };
}

async function collectCheck(
  cluster: Cluster,
  question: Question,
  nodes: Reading<readonly RawNode[]>,
  options: CheckOptions,
): Promise<CheckEvidence> {
  const pod = podOf(question);
  const container = containerOf(question);
  const spec = await collectSpec(cluster, rawPodOf(question), [container]);
  const account = spec.outcome === 'done' && 'value' in spec.facts.serviceAccount ? spec.facts.serviceAccount.value.pullSecrets : [];
  const images = spec.outcome === 'done' ? spec.facts.images : [];
  const pullSecrets = question.pullSecrets ?? account;
  const { step: secrets, credentials } = await collectSecrets(cluster, question.namespace, pullSecrets, images);
  const fitting = fittingNodes(nodes, question, options.node !== undefined);
  const registry = await collectRegistry(
    images,
    credentials,
    onlyPlatform(fitting),
    { ...options, env: {}, enabled: true },
    options.inspect,
  );
  const skipped = { outcome: 'skipped', milliseconds: 0, reason: 'there is no pod yet' } as const;
  const evidence: Evidence = {
    apiVersion: 'imagepull/v1',
    kind: 'PullEvidence',
    collectedAt: options.now().toISOString(),
    pod,
    describe: { outcome: 'done', milliseconds: 0, facts: { containers: [container] } },
    events: skipped,
    spec: spec.outcome === 'done' ? { ...spec, facts: { ...spec.facts, pullSecrets } } : spec,
    secrets,
    registry,
    probe: skipped,
    node: skipped,
  };
  return { namespace: question.namespace, usedBy: question.usedBy, evidence, nodes: fitting };
}

/** As the pod's node selector allows: taints and affinities are not weighed. */
function fittingNodes(nodes: Reading<readonly RawNode[]>, { nodeSelector }: Question, named: boolean): Reading<readonly NodePlatform[]> {
  if ('obstacle' in nodes) return nodes;
  const wanted = named ? [] : Object.entries(nodeSelector);
  const fitting = nodes.value.filter(({ metadata }) => wanted.every(([key, value]) => metadata.labels?.[key] === value));
  return { value: fitting.flatMap(nodePlatform) };
}

/** The platform whose manifest is worth reading: that of all the nodes, where they have one in common. */
function onlyPlatform(nodes: Reading<readonly NodePlatform[]>): Platform | null {
  if ('obstacle' in nodes) return null;
  const [first, ...others] = nodes.value;
  return first && others.every(({ platform }) => matchesPlatform(platform, first.platform)) ? first.platform : null;
}

function podOf({ namespace, usedBy, serviceAccount }: Question): PodFacts {
  const owner = usedBy[0];
  return {
    namespace,
    name: owner?.name ?? '',
    uid: '',
    createdAt: '',
    phase: 'Pending',
    reason: null,
    message: null,
    deletedAt: null,
    owner: owner && owner.kind !== 'Pod' ? { kind: owner.kind, name: owner.name } : null,
    node: null,
    unscheduled: null,
    serviceAccount,
  };
}

/** What collectSpec reads of a pod. */
function rawPodOf({ namespace, serviceAccount, pullSecrets, nodeSelector }: Question): RawPod {
  return {
    metadata: { name: '', uid: '', namespace },
    spec: {
      serviceAccountName: serviceAccount,
      imagePullSecrets: (pullSecrets ?? []).map((name) => ({ name })),
      nodeSelector,
      containers: [],
    },
  };
}

function containerOf({ image, kind, usedBy }: Question): ContainerFacts {
  return {
    container: usedBy[0]?.container ?? 'image',
    kind,
    image,
    pullPolicy: 'Always',
    pull: 'failing',
    waiting: null,
    terminated: null,
    running: false,
    restarts: 0,
    imageId: null,
    log: null,
    source: 'spec',
  };
}
