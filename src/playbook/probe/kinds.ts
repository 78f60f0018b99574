import { formatReference } from '../../image/reference.ts';
import type { HarmlessImage } from './harmless-image.ts';
import type { ProbePlan, ProbeTarget } from './plan.ts';
import { namePrefix, type ProbePod, probePod } from './pod.ts';
import { toolScript } from './tool.ts';

/** Nothing of that name is in any image: what is pulled is never run. */
const absent = ['/imagepull-absent'];

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
      command: absent,
    },
  }));
  const name = `${namePrefix}${random}${withSecrets ? '' : '-anonymous'}`;
  return probePod(plan, { prober: 'runtime', withSecrets: withSecrets && !plan.elsewhere, name, questions });
}

/**
 * The canary: the images themselves, with the pod's secrets, service account and node. They are downloaded, and nothing of them is run.
 * @param seconds how long the pod may last
 */
export function canaryPod(plan: ProbePlan, seconds: number, random: string): ProbePod {
  const questions = plan.targets.map((target) => ({
    target,
    container: { image: target.image, imagePullPolicy: 'Always', command: absent },
  }));
  return probePod(plan, {
    prober: 'canary',
    withSecrets: true,
    name: `${namePrefix}${random}-canary`,
    deadlineSeconds: seconds,
    questions,
  });
}

/**
 * The kubelet as prober: a harmless image that is on the node, whose readiness probe goes to the target's host. The kubelet does not verify certificates.
 * @param images each is tried for each target; one that can be used is enough
 */
export function kubeletPod(plan: ProbePlan, targets: readonly ProbeTarget[], images: readonly HarmlessImage[], random: string): ProbePod {
  const questions = targets.flatMap((target) => images.map((image) => ({ target, container: connecting(image, target, random) })));
  const shells = images.filter(({ command }) => command !== null).map(({ name }) => name);
  const fallback = shells.length > 0 && plan.toolImage === undefined ? toolPod(plan, targets, shells, 'Never', random) : undefined;
  return probePod(plan, { prober: 'kubelet', name: `${namePrefix}${random}-kubelet`, questions, ...(fallback && { fallback }) });
}

/** The manifest of the tag that cannot exist: what limits or breaks pulls may let `/v2/` alone pass. */
export function manifestPath({ reference }: ProbeTarget, random: string): string {
  return `/v2/${reference.repository}/manifests/${namePrefix}${random}`;
}

function connecting({ name, command }: HarmlessImage, target: ProbeTarget, random: string) {
  const { kubelet } = target;
  return {
    image: name,
    imagePullPolicy: 'Never',
    ...(command && { command }),
    readinessProbe: {
      httpGet: { host: kubelet?.host, port: kubelet?.port, scheme: 'HTTPS', path: manifestPath(target, random) },
      periodSeconds: 1,
      timeoutSeconds: 3,
      failureThreshold: 1,
    },
  };
}

/** The tool: a shell that looks up the name, connects, and asks; in the node's own network where that is let in, else in a pod's. */
export function toolPod(
  plan: ProbePlan,
  targets: readonly ProbeTarget[],
  images: readonly string[],
  imagePullPolicy: 'Never' | 'IfNotPresent',
  random: string,
): ProbePod {
  const questions = targets.flatMap((target) =>
    images.map((image) => ({ target, container: { image, imagePullPolicy, ...toolScript(target, manifestPath(target, random)) } })),
  );
  const asked = imagePullPolicy === 'IfNotPresent';
  const name = `${namePrefix}${random}-tool`;
  const parts = { prober: 'tool', name, questions, ...(asked && { withSecrets: true, grace: 10_000 }) } as const;
  return probePod(plan, { ...parts, hostNetwork: true, fallback: probePod(plan, parts) });
}
