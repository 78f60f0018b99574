import { formatReference } from '../../image/reference.ts';
import type { ProbeHost } from '../../values/evidence.ts';
import type { HarmlessImage } from './harmless-image.ts';
import type { ProbePlan, ProbeTarget } from './plan.ts';
import { type Asked, namePrefix, type ProbePod, probePod } from './pod.ts';
import { toolScript } from './tool.ts';

/** Nothing of that name is in any image: what is pulled is never run. */
const absent = ['/imagepull-absent'];

/**
 * The runtime as prober: each target's own repository with a tag that cannot exist, so that nothing is downloaded and nothing starts.
 * @param random makes names and tags unique; lower-case letters and digits
 */
export function runtimePod(plan: ProbePlan, targets: readonly ProbeTarget[], withSecrets: boolean, random: string): ProbePod {
  const questions = targets.map((target) => ({
    asked: { target, host: null },
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
    asked: { target, host: null },
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
 * The kubelet as prober: a harmless image that is on the node, a container of it for each host, whose readiness probe goes there. The
 * kubelet does not verify certificates. One image can do; each further one, and then a tool, stands by for where it may not be used.
 * @param images the first is tried first; at least one
 */
export function kubeletPod(plan: ProbePlan, targets: readonly ProbeTarget[], images: readonly HarmlessImage[], random: string): ProbePod {
  const shells = images.filter(({ command }) => command !== null).map(({ name }) => name);
  const tool = shells.length > 0 && plan.toolImage === undefined ? toolPod(plan, targets, shells, 'Never', random) : undefined;
  const subjects = askedOf(targets);
  const chain = images.reduceRight<ProbePod | undefined>((fallback, image, index) => {
    const questions = subjects.map((asked) => ({ asked, container: connecting(image, asked, random) }));
    const name = `${namePrefix}${random}-kubelet${index === 0 ? '' : `-${index + 1}`}`;
    return probePod(plan, { prober: 'kubelet', name, questions, ...(fallback && { fallback }) });
  }, tool);
  if (!chain) throw new RangeError('no image for the kubelet to ask with');
  return chain;
}

interface Connecting extends Asked {
  readonly host: ProbeHost;
}

function askedOf(targets: readonly ProbeTarget[]): readonly Connecting[] {
  return targets.flatMap((target) => target.hosts.map((host) => ({ target, host })));
}

/** Of the registry itself the manifest of the tag that cannot exist: what limits or breaks pulls may let `/v2/` alone pass. */
function pathOf({ target, host }: Connecting, random: string): string {
  return host.path ?? `/v2/${target.reference.repository}/manifests/${namePrefix}${random}`;
}

function connecting({ name, command }: HarmlessImage, asked: Connecting, random: string) {
  const { host, port, scheme } = asked.host;
  return {
    image: name,
    imagePullPolicy: 'Never',
    ...(command && { command }),
    readinessProbe: {
      httpGet: { host, port, scheme: scheme.toUpperCase(), path: pathOf(asked, random) },
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
  const questions = askedOf(targets).flatMap((asked) =>
    images.map((image) => ({ asked, container: { image, imagePullPolicy, ...toolScript(asked.host, pathOf(asked, random)) } })),
  );
  const wanted = imagePullPolicy === 'IfNotPresent';
  const name = `${namePrefix}${random}-tool`;
  const parts = { prober: 'tool', name, questions, ...(wanted && { withSecrets: true, grace: 10_000 }) } as const;
  return probePod(plan, { ...parts, hostNetwork: true, fallback: probePod(plan, parts) });
}
