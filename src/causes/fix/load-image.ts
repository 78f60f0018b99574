import type { ImageView } from '../view.ts';
import { nodeRuntime } from './node.ts';
import { command } from './shell.ts';

/** How an image comes onto a node without a registry; empty where the runtime has no usual way. */
export function loadCommands(view: ImageView): string[] {
  const image = command(view.container.image);
  const provider = view.node?.provider ?? '';
  if (provider.startsWith('kind://')) return [`kind load docker-image ${image}`];
  if (nodeRuntime(view) === 'k3s') return [`docker save ${image} | sudo k3s ctr images import -`];
  if (nodeRuntime(view) === 'containerd') return [`docker save ${image} | sudo ctr -n k8s.io images import -`];
  if (nodeRuntime(view) === 'docker') return [`sudo docker load -i IMAGE.tar`];
  return [];
}
