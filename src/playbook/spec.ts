import type { Cluster } from '../cluster/cluster.ts';
import { parseReference } from '../image/reference.ts';
import type { ContainerFacts, ImageSpec, SpecFacts, Step } from '../values/evidence.ts';
import type { RawPod } from './kubernetes.ts';
import { read, runStep } from './step.ts';

interface RawServiceAccount {
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
}

/**
 * What the pod asks for: every image's parsed name, the pull secrets of the pod, and those of its service account. The kubelet reads the
 * pod's list only: the account's was copied into it when the pod was made, if the pod had none.
 * @param containers those that the step describe finds, the sandbox included; it may still be under way
 */
export function collectSpec(
  cluster: Cluster,
  pod: RawPod,
  containers: readonly ContainerFacts[] | Promise<readonly ContainerFacts[]>,
): Promise<Step<SpecFacts>> {
  const { metadata, spec } = pod;
  const namespace = metadata.namespace ?? 'default';
  const account = spec.serviceAccountName ?? 'default';
  const permission = `get serviceaccounts in namespace ${namespace}`;
  return runStep(permission, async () => {
    const serviceAccount = read(permission, async () => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(account)}`;
      return { name: account, pullSecrets: namesOf(await cluster.get<RawServiceAccount>(path)) };
    });
    return {
      images: (await containers).map(imageSpec),
      pullSecrets: namesOf(spec),
      serviceAccount: await serviceAccount,
      nodeSelector: spec.nodeSelector ?? {},
    };
  });
}

/** The names of the pull secrets that the kubelet reads. */
export function pullSecretsOf(pod: RawPod): readonly string[] {
  return namesOf(pod.spec);
}

function imageSpec({ container, kind, image, pullPolicy }: ContainerFacts): ImageSpec {
  const parsed = parseReference(image);
  const subject = { container, kind, image, pullPolicy };
  return 'reference' in parsed
    ? { ...subject, reference: parsed.reference, invalid: null, defaults: parsed.defaults }
    : { ...subject, reference: null, invalid: parsed.invalid, defaults: [] };
}

/** The kubelet passes over references without a name. */
function namesOf({ imagePullSecrets }: RawServiceAccount): readonly string[] {
  return (imagePullSecrets ?? []).flatMap(({ name }) => (name ? [name] : []));
}
