import type { Owner } from '../../values/evidence.ts';
import type { Fix } from '../../values/verdict.ts';
import { hasEnded, isAbsent } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { kubectl, kubectlAnywhere } from './kubectl.ts';

/** Controllers that replace a deleted pod as if nothing had been: a Job may count it as a failure instead, and others are not known. */
const replacing = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet'];
/** Owners whose pod template `kubectl set image` and `kubectl patch` can change. */
const editable = [...replacing, 'CronJob'];

/** `deployment/payment`; `pod/NAME` for a pod without an owner. */
export function workloadName(view: ImageView): string {
  const { owner, name } = view.pod;
  return owner ? `${typeName(owner)}/${owner.name}` : `pod/${name}`;
}

/**
 * The owner's kind, where it is one of Kubernetes' own: others have types of these names too (a StatefulSet of apps.kruise.io, a Job of
 * batch.volcano.sh).
 */
export function ownKind(owner: Owner | null): string | null {
  return owner === null || owner.group !== undefined ? null : owner.kind;
}

/** As kubectl takes it: `deployment`, `rollout.argoproj.io`. */
function typeName({ kind, group }: Owner): string {
  return [kind.toLowerCase(), ...(group === undefined ? [] : [group])].join('.');
}

function isOneOf(kinds: readonly string[], owner: Owner | null): boolean {
  return kinds.includes(ownKind(owner) ?? '');
}

/** How to give the container another image. Null image: a placeholder stands for it. */
export function setImage(view: ImageView, image: string | null, title: string): Fix {
  const { owner, name } = view.pod;
  const { container, kind } = view.container;
  const value = image ?? 'IMAGE';
  if (kind === 'sandbox') return { title: sandboxTitle(view), commands: [] };
  if (kind === 'ephemeralContainer') {
    return {
      title: `${title}: an ephemeral container cannot be changed, add another`,
      commands: [kubectl(view, 'debug', name, '-it', `--image=${value}`)],
    };
  }
  if (owner && ownKind(owner) === 'Node') return { title: `${title}, in the static pod's manifest on node ${owner.name}`, commands: [] };
  if (kind === 'imageVolume') return changePodSpec(view, { volumes: [{ name: container, image: { reference: value } }] }, title);
  if (hasEnded(view) && (!owner || ownKind(owner) === 'Job')) return changePodSpec(view, imageChange(view, value), title);
  if (!owner) return { title, commands: [kubectl(view, 'set', 'image', `pod/${name}`, `${container}=${value}`)] };
  if (ownKind(owner) === 'Job') {
    return {
      title: `${title}, for this pod (a Job's template cannot be changed: correct its manifest too)`,
      commands: [kubectl(view, 'set', 'image', `pod/${name}`, `${container}=${value}`)],
    };
  }
  if (!isOneOf(editable, owner)) {
    return { title: `${title}, in ${owner.kind} ${owner.name}`, commands: [kubectl(view, 'edit', typeName(owner), owner.name)] };
  }
  const set = kubectl(view, 'set', 'image', workloadName(view), `${container}=${value}`);
  if (ownKind(owner) === 'CronJob') {
    if (hasEnded(view)) return { title: `${title}, for later runs`, commands: [set] };
    return {
      title: `${title}, for later runs and for this one`,
      commands: [set, kubectl(view, 'set', 'image', `pod/${name}`, `${container}=${value}`)],
    };
  }
  return withReplacement(view, { title, commands: [set] });
}

function imageChange({ container: { container: name, kind } }: ImageView, image: string): object {
  return { [kind === 'initContainer' ? 'initContainers' : 'containers']: [{ name, image }] };
}

/** How to let the pod use a pull secret of this name: after `before`, e.g. the command that creates it. */
export function addPullSecret(view: ImageView, secret: string, title: string, before: readonly string[] = []): Fix {
  const { owner, serviceAccount } = view.pod;
  const change = { imagePullSecrets: [{ name: secret }] };
  if (view.container.kind === 'sandbox' || ownKind(owner) === 'Node') return { title: nodeCredentialTitle(view), commands: [] };
  if (!owner || ownKind(owner) === 'Job' || isOneOf(editable, owner)) return changePodSpec(view, change, title, before);
  return {
    title: `${title}; pods made from now on get it from service account ${serviceAccount}, if they name none of their own`,
    commands: [...before, kubectl(view, 'patch', 'serviceaccount', serviceAccount, '-p', JSON.stringify(change))],
  };
}

/** How to change the spec of the pod, by a strategic merge patch (lists merge by name), at its owner where it has one. */
export function changePodSpec(view: ImageView, podSpec: object, title: string, before: readonly string[] = []): Fix {
  const { owner } = view.pod;
  if (!owner) return { title: `${title}; ${anew(view)}`, commands: [...before, ...recreate(view, podSpec)] };
  if (ownKind(owner) === 'Node') return { title: `${title}, in the static pod's manifest on node ${owner.name}`, commands: [] };
  if (ownKind(owner) === 'Job') {
    return {
      title: `${title}; correct the manifest and make the Job again, as it cannot be changed: ${anew(view)}`,
      commands: [...before, ...recreate(view, podSpec)],
    };
  }
  if (!isOneOf(editable, owner)) {
    return {
      title: `${title}, in ${owner.kind} ${owner.name}`,
      commands: [...before, kubectl(view, 'edit', typeName(owner), owner.name)],
    };
  }
  return withReplacement(view, { title, commands: [...before, patchTemplate(view, podSpec)] });
}

/**
 * How to have the next attempt now rather than when the kubelet's back-off ends. `what` begins the title, e.g.
 * `if the fault was passing, wait`.
 */
export function retryNow(view: ImageView, what = 'then wait'): Fix {
  const { owner, name } = view.pod;
  if (hasEnded(view) && !owner) return { title: `then make the pod anew; ${anew(view)}`, commands: recreate(view, {}) };
  const waiting = `${what}: the kubelet tries again by itself within 5 minutes of the last attempt`;
  if (!owner || !isOneOf(replacing, owner)) return { title: waiting, commands: [] };
  return {
    title: `${waiting}, or at once in a new pod`,
    commands: [kubectl(view, 'delete', 'pod', name)],
  };
}

/**
 * Makes a pod again with this change to its spec, or a Job from its corrected manifest: a Job as the cluster returns it cannot be created
 * again, for its generated selector.
 */
export function recreate(view: ImageView, podSpec: object): string[] {
  if (view.pod.owner) return [kubectl(view, 'replace', '--force', '-f', 'MANIFEST.yaml')];
  const get = kubectl(view, 'get', 'pod', view.pod.name, '-o', 'yaml');
  const change = kubectlAnywhere(view, 'patch', '--local', '-f', '-', '-p', JSON.stringify({ spec: podSpec }), '-o', 'yaml');
  return [`${get} | ${change} | ${kubectl(view, 'replace', '--force', '-f', '-')}`];
}

/** What `recreate` does, to be said beside it. */
export function anew(view: ImageView): string {
  return view.pod.owner
    ? 'this deletes the Job and its pods and makes it again, with nothing to go back to if the manifest is not admitted'
    : 'this deletes the pod and makes it again, without what it has written and without restoring it if it is not admitted';
}

/** How to run the pod on another node, where the evidence shows that others do pull from this registry; null where it does not. */
export function moveAway(view: ImageView): Fix | null {
  const { owner, name, node } = view.pod;
  if (!node || !owner || !isOneOf(replacing, owner) || ownKind(owner) === 'DaemonSet') return null;
  if ((view.neighbours?.sameRegistryElsewhere.works ?? 0) === 0 || failsElsewhere(view)) return null;
  return {
    title: `until the node is repaired, run the pod on another (kubectl uncordon undoes it)`,
    commands: [kubectlAnywhere(view, 'cordon', node), kubectl(view, 'delete', 'pod', name)],
  };
}

/** By its pods on other nodes, or because its registry does not have it for anybody: another node would be no better. */
function failsElsewhere(view: ImageView): boolean {
  return isAbsent(view) || (view.neighbours?.sameImageFails.some(({ node }) => node !== view.pod.node) ?? false);
}

/** A patch of the pod template of the owner. Strategic merge: lists merge by name. */
function patchTemplate(view: ImageView, podSpec: object): string {
  const template = { spec: { template: { spec: podSpec } } };
  const patch = ownKind(view.pod.owner) === 'CronJob' ? { spec: { jobTemplate: template } } : template;
  return kubectl(view, 'patch', workloadName(view), '-p', JSON.stringify(patch));
}

/**
 * Some controllers leave the stuck pod as it is when their template changes: a StatefulSet waits for it for ever (kubernetes issue 67250,
 * "forced rollback"), ReplicaSets and ReplicationControllers never replace pods.
 */
export function withReplacement(view: ImageView, fix: Fix): Fix {
  const kind = ownKind(view.pod.owner) ?? '';
  if (!['StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind)) return fix;
  return { title: fix.title, commands: [...fix.commands, kubectl(view, 'delete', 'pod', view.pod.name)] };
}

function sandboxTitle(view: ImageView): string {
  const runtime = view.node?.runtime ?? '';
  const where = view.pod.node ? `on node ${view.pod.node}` : 'on the node';
  if (runtime.startsWith('containerd://1.')) return `correct sandbox_image in /etc/containerd/config.toml ${where} and restart containerd`;
  if (runtime.startsWith('containerd://'))
    return `correct pinned_images.sandbox in /etc/containerd/config.toml ${where} and restart containerd`;
  if (runtime.startsWith('cri-o://')) return `correct pause_image under [crio.image] in /etc/crio/crio.conf.d ${where} and restart crio`;
  if (runtime.startsWith('docker://')) return `correct --pod-infra-container-image of cri-dockerd ${where} and restart it`;
  return `correct the sandbox (pause) image in the configuration of the container runtime ${where}`;
}

function nodeCredentialTitle(view: ImageView): string {
  const where = view.pod.node ? `node ${view.pod.node}` : 'the node';
  const what = view.container.kind === 'sandbox' ? 'the sandbox image is pulled' : 'a static pod pulls';
  return `give ${where} itself a credential for the registry: ${what} without the pull secrets of the pod`;
}
