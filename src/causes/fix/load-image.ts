import type { Fix } from '../../values/verdict.ts';
import { command } from '../../words/shell.ts';
import { clip } from '../../words/text.ts';
import { theNode } from '../facts.ts';
import { presenceOf } from '../present-image.ts';
import { registryProfile } from '../registries/registry-of.ts';
import type { ImageView } from '../view.ts';
import { nodeRuntime } from './node.ts';
import { createSecretCommand, newSecretName } from './pull-secret.ts';
import { changePodSpec, setImage } from './workload.ts';

/** How the image comes onto the node by hand. */
export function loadImage(view: ImageView): Fix {
  return { title: `load the image onto ${theNode(view)}`, commands: loadCommands(view) };
}

/**
 * How a kubelet comes to give pods an image that it has and knows to have pulled itself, by whatever name: it remembers images by their
 * content, so neither loading the image again nor another name for it helps (kubernetes
 * pkg/kubelet/images/pullmanager/image_pull_manager.go).
 */
export function exemptImage(view: ImageView): Fix {
  const repository = clip(view.container.image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
  const presence = presenceOf(view);
  const where = presence === 'present' || presence === 'listed' ? 'on' : 'if it is there already (sudo crictl images), on';
  return {
    title: `${where} ${theNode(view)} exempt it from that check: in the kubelet's configuration imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages with ${repository} under preloadedImagesVerificationAllowlist, and restart the kubelet (it then checks every image that is not on that list)`,
    commands: [],
  };
}

/** To another name, for an image that no registry has. */
export function rename(view: ImageView): Fix {
  return setImage(view, null, 'if the tag is wrong, or the image lies in a registry, correct the name');
}

/** How the kubelet comes to pull what is not there, and to use what is: the policy that does both. */
export function letItPull(view: ImageView, what = 'let the kubelet pull it'): Fix {
  const title = `${what} (pull policy IfNotPresent)`;
  const change = policyChange(view);
  return change ? changePodSpec(view, change, title) : { title, commands: [] };
}

/** The same with a credential, for an image that the registry, or the kubelet that has it, gives to nobody without one. */
export function letItPullWithSecret(view: ImageView): Fix {
  const { credential } = registryProfile(view.spec?.reference ?? null);
  const title = `let the kubelet pull it (pull policy IfNotPresent), with a pull secret that holds ${credential}`;
  const change = policyChange(view);
  if (!change) return { title, commands: [] };
  const secret = newSecretName(view);
  return changePodSpec(view, { ...change, imagePullSecrets: [{ name: secret }] }, title, [createSecretCommand(view, secret)]);
}

/** null: a pod's spec does not hold this image's policy. */
function policyChange({ container: { container: name, kind } }: ImageView): object | null {
  const list = { container: 'containers', initContainer: 'initContainers', ephemeralContainer: null, imageVolume: null, sandbox: null }[
    kind
  ];
  if (list) return { [list]: [{ name, imagePullPolicy: 'IfNotPresent' }] };
  return kind === 'imageVolume' ? { volumes: [{ name, image: { pullPolicy: 'IfNotPresent' } }] } : null;
}

/** How an image comes onto a node without a registry; empty where the runtime has no usual way. */
function loadCommands(view: ImageView): string[] {
  const image = command(view.container.image);
  const provider = view.node?.provider ?? '';
  if (provider.startsWith('kind://')) return [`kind load docker-image ${image}`];
  if (nodeRuntime(view) === 'k3s') return [`docker save ${image} | sudo k3s ctr images import -`];
  if (nodeRuntime(view) === 'containerd') return [`docker save ${image} | sudo ctr -n k8s.io images import -`];
  if (nodeRuntime(view) === 'docker') return [`sudo docker load -i IMAGE.tar`];
  return [];
}
