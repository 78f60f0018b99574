import type { ProbeAnswer, ProbeHost } from '../../values/evidence.ts';
import type { RawMeta, RawPod } from '../kubernetes.ts';
import type { ProbePlan, ProbeTarget } from './plan.ts';

const manager = { key: 'app.kubernetes.io/managed-by', value: 'kubectl-imagepull' } as const;
export const namePrefix = 'imagepull-probe-';
export const probeSelector = `${manager.key}=${manager.value}`;

/** Which machine and process made a probe pod: `MACHINE/PROCESS`. */
export const runAnnotation = 'kubectl-imagepull/run';

/** Both the label and the name: nothing else is ever deleted. */
export function isProbePod({ metadata }: { readonly metadata: RawMeta }): boolean {
  return metadata.labels?.[manager.key] === manager.value && metadata.name.startsWith(namePrefix);
}

/** What a container asks: about which image, and where it connects by itself, of which host. Several containers may ask the same. */
export interface Asked {
  readonly target: ProbeTarget;
  readonly host: ProbeHost | null;
}

/** A pod to be made, and what each of its containers asks. */
export interface ProbePod {
  readonly prober: ProbeAnswer['prober'];
  readonly withSecrets: boolean;
  readonly hostNetwork: boolean;
  readonly name: string;
  readonly manifest: RawPod;
  readonly questions: ReadonlyMap<string, Asked>;
  /** Milliseconds that its answer is waited for once others have answered: dropped packets take the runtime 30 s, and the kubelet 3. */
  readonly grace: number;
  /** To be made where this one is not let in, or could not ask. */
  readonly fallback?: ProbePod;
}

/** One container of a probe pod: what differs between the probers. */
export interface Question {
  readonly asked: Asked;
  readonly container: Readonly<Record<string, unknown>>;
}

export interface Parts {
  readonly prober: ProbePod['prober'];
  readonly withSecrets?: boolean;
  readonly hostNetwork?: boolean;
  readonly name: string;
  readonly deadlineSeconds?: number;
  readonly grace?: number;
  readonly questions: readonly Question[];
  readonly fallback?: ProbePod;
}

const graces: Readonly<Record<ProbePod['prober'], number>> = { runtime: 5000, kubelet: 300, tool: 300, canary: Number.POSITIVE_INFINITY };
/**
 * Where every prober is to be heard. On a node under load a kubelet takes seconds to see that a container runs, and only then begins to
 * probe.
 */
const thoroughGraces: typeof graces = { ...graces, kubelet: 10_000, tool: 10_000 };

/** The kubelet ends a probe pod after this where nobody removes it. */
export const defaultDeadlineSeconds = 60;

/** A pod that is pinned to the node, tolerates what the node is tainted with, is fit for pod security `restricted`, and ends soon. */
export function probePod(plan: ProbePlan, parts: Parts): ProbePod {
  const { prober, withSecrets = false, hostNetwork = false, name, questions, fallback } = parts;
  return {
    prober,
    withSecrets,
    hostNetwork,
    name,
    manifest: manifestOf(plan, parts),
    grace: parts.grace ?? (plan.thorough ? thoroughGraces : graces)[prober],
    questions: new Map(questions.map(({ asked }, index) => [`probe-${index}`, asked])),
    ...(fallback && { fallback }),
  };
}

function manifestOf(plan: ProbePlan, parts: Parts): RawPod {
  const { prober, withSecrets = false, hostNetwork = false, name, questions } = parts;
  const containers = questions.map(({ container }, index) => ({
    name: `probe-${index}`,
    ...container,
    ...restricted,
    resources: resourcesOf(prober),
  }));
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: plan.namespace,
      // A sidecar that a mesh injects would be pulled and started before the question is asked.
      labels: { [manager.key]: manager.value, 'sidecar.istio.io/inject': 'false' },
      annotations: { 'sidecar.istio.io/inject': 'false', 'linkerd.io/inject': 'disabled' },
      // An owner in another namespace would count as gone, and the pod be removed at once.
      ...(!plan.elsewhere && { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: plan.pod.name, uid: plan.pod.uid }] }),
    },
    spec: {
      nodeName: plan.node,
      restartPolicy: 'Never',
      activeDeadlineSeconds: parts.deadlineSeconds ?? defaultDeadlineSeconds,
      terminationGracePeriodSeconds: 0,
      serviceAccountName: plan.elsewhere ? 'default' : plan.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      imagePullSecrets: pullSecrets(plan, withSecrets, name),
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      ...(prober === 'tool' && { dnsPolicy: 'Default' }),
      ...(hostNetwork && { hostNetwork }),
      containers,
    },
  };
  return manifest as unknown as RawPod;
}

/** The same pod with only the containers that ask what is kept. */
export function narrowed(pod: ProbePod, keep: (asked: Asked) => boolean): ProbePod {
  const questions = new Map([...pod.questions].filter(([, asked]) => keep(asked)));
  const { manifest, fallback } = pod;
  const containers = manifest.spec.containers.filter(({ name }) => questions.has(name));
  return {
    ...pod,
    questions,
    manifest: { ...manifest, spec: { ...manifest.spec, containers } },
    ...(fallback && { fallback: narrowed(fallback, keep) }),
  };
}

/** What pod security `restricted` asks of a container. */
const restricted = {
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};
/**
 * Little, that a quota has room for it; not less, for a limit slows the making of the sandbox and of the container as well: with 20
 * millicores they take a second each, with 200 a third of it. A script runs for a second where a pause only waits.
 */
function resourcesOf(prober: ProbePod['prober']) {
  return { requests: { cpu: '1m', memory: '8Mi' }, limits: { cpu: prober === 'tool' ? '500m' : '200m', memory: '32Mi' } };
}

/** The same pod, slower, for a quota or a limit range that leaves little. */
export function slim(pod: ProbePod): ProbePod {
  const resources = { requests: { cpu: '1m', memory: '8Mi' }, limits: { cpu: '20m', memory: '32Mi' } };
  const { spec } = pod.manifest;
  const containers = spec.containers.map((container) => ({ ...container, resources }));
  return { ...pod, manifest: { ...pod.manifest, spec: { ...spec, containers } } };
}

/**
 * Exactly those of the pod. To a pod that names none, admission adds those of its service account; so one that does not exist stands for
 * none: the kubelet goes on without it.
 */
function pullSecrets(plan: ProbePlan, withSecrets: boolean, name: string): readonly { readonly name: string }[] {
  const wanted = withSecrets && !plan.elsewhere ? plan.pullSecrets : [];
  return (wanted.length > 0 ? wanted : [`${name}-none`]).map((secret) => ({ name: secret }));
}
