import { formatReference } from '../image/reference.ts';
import type { HarmlessImage } from './harmless-image.ts';
import type { RawMeta, RawPod } from './kubernetes.ts';
import type { ProbePlan, ProbeTarget } from './probe-plan.ts';

const manager = { key: 'app.kubernetes.io/managed-by', value: 'kubectl-imagepull' } as const;
const namePrefix = 'imagepull-probe-';

export const probeSelector = `${manager.key}=${manager.value}`;

/** Both the label and the name: nothing else is ever deleted. */
export function isProbePod({ metadata }: { readonly metadata: RawMeta }): boolean {
  return metadata.labels?.[manager.key] === manager.value && metadata.name.startsWith(namePrefix);
}

/** A pod to be made, and the target that each of its containers asks about. */
export interface ProbePod {
  readonly prober: 'runtime' | 'kubelet';
  readonly withSecrets: boolean;
  readonly name: string;
  readonly manifest: RawPod;
  readonly questions: ReadonlyMap<string, ProbeTarget>;
}

/** One container of a probe pod: what differs between the two probers. */
interface Question {
  readonly target: ProbeTarget;
  readonly container: Readonly<Record<string, unknown>>;
}

/**
 * The runtime as prober: each target's own repository with a tag that cannot exist, so that nothing is downloaded and nothing starts.
 * @param random makes names and tags unique; lower-case letters and digits
 */
export function runtimePod(plan: ProbePlan, targets: readonly ProbeTarget[], withSecrets: boolean, random: string): ProbePod {
  const questions = targets.map((target) => ({
    target,
    container: {
      image: formatReference({ ...target.reference, tag: `${namePrefix}${random}`, digest: null }),
      imagePullPolicy: 'Always',
      command: ['/absent'],
    },
  }));
  const name = `${namePrefix}${random}${withSecrets ? '' : '-anonymous'}`;
  return probePod(plan, { prober: 'runtime', withSecrets, name, questions });
}

/**
 * The kubelet as prober: a harmless image that is on the node, whose readiness probe goes to the target's host. The kubelet does not verify certificates.
 * @param images each is tried for each target; one that can be used is enough
 */
export function kubeletPod(plan: ProbePlan, targets: readonly ProbeTarget[], images: readonly HarmlessImage[], random: string): ProbePod {
  const questions = targets.flatMap((target) => images.map((image) => ({ target, container: connecting(image, target) })));
  return probePod(plan, { prober: 'kubelet', withSecrets: false, name: `${namePrefix}${random}-kubelet`, questions });
}

function connecting({ name, command }: HarmlessImage, { kubelet }: ProbeTarget): Question['container'] {
  return {
    image: name,
    imagePullPolicy: 'Never',
    ...(command && { command }),
    readinessProbe: {
      httpGet: { host: kubelet?.host, port: kubelet?.port, scheme: 'HTTPS', path: '/v2/' },
      periodSeconds: 1,
      timeoutSeconds: 3,
      failureThreshold: 1,
    },
  };
}

interface Parts {
  readonly prober: ProbePod['prober'];
  readonly withSecrets: boolean;
  readonly name: string;
  readonly questions: readonly Question[];
}

function probePod(plan: ProbePlan, { prober, withSecrets, name, questions }: Parts): ProbePod {
  const containers = questions.map(({ container }, index) => ({ name: `probe-${index}`, ...container, ...restricted, resources }));
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: plan.namespace,
      // A sidecar that a mesh injects would be pulled and started before the question is asked.
      labels: { [manager.key]: manager.value, 'sidecar.istio.io/inject': 'false' },
      annotations: { 'sidecar.istio.io/inject': 'false', 'linkerd.io/inject': 'disabled' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: plan.pod.name, uid: plan.pod.uid }],
    },
    spec: {
      nodeName: plan.node,
      restartPolicy: 'Never',
      activeDeadlineSeconds: deadlineSeconds,
      terminationGracePeriodSeconds: 0,
      serviceAccountName: plan.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      imagePullSecrets: pullSecrets(plan, prober, withSecrets, name),
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers,
    },
  };
  return {
    prober,
    withSecrets,
    name,
    manifest: manifest as unknown as RawPod,
    questions: new Map(questions.map(({ target }, index) => [`probe-${index}`, target])),
  };
}

/** The kubelet ends the pod after this where nobody removes it. */
export const deadlineSeconds = 60;

/** What pod security `restricted` asks of a container. */
const restricted = {
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};
const resources = { requests: { cpu: '1m', memory: '8Mi' }, limits: { cpu: '20m', memory: '32Mi' } };

/**
 * Exactly those of the pod. To a pod that names none, admission adds those of its service account; so one that does not exist stands for none: the kubelet
 * goes on without it.
 */
function pullSecrets(
  plan: ProbePlan,
  prober: ProbePod['prober'],
  withSecrets: boolean,
  name: string,
): readonly { readonly name: string }[] {
  const wanted = prober === 'runtime' && withSecrets ? plan.pullSecrets : [];
  return (wanted.length > 0 ? wanted : [`${name}-none`]).map((secret) => ({ name: secret }));
}
