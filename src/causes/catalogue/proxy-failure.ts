import { registryHost, theNode } from '../facts.ts';
import { nodeRuntime } from '../fix/node.ts';
import type { ImageView } from '../view.ts';
import type { CatalogueEntry } from './entry.ts';

export const proxyFailure: CatalogueEntry = {
  family: 'network',
  title: 'the HTTP proxy fails',
  retry: 'never',
  explanation: (view) =>
    `The proxy that the container runtime of ${theNode(view)} is told to use did not let it through to ${registryHost(view) ?? 'the registry'}.`,
  fixes: (view) => [
    { title: `correct HTTPS_PROXY, or add the registry to NO_PROXY: ${proxyPlace(view)}`, commands: proxyCommands(view) },
    { title: `or let the proxy pass ${registryHost(view) ?? 'the registry'}`, commands: [] },
  ],
};

/** Where the runtime of the node is told its proxy. */
export function proxyPlace(view: ImageView): string {
  switch (nodeRuntime(view)) {
    case 'k3s':
      return '/etc/systemd/system/k3s.service.env or k3s-agent.service.env';
    case 'rke2':
      return '/etc/default/rke2-server or rke2-agent';
    case 'cri-o':
      return '/etc/systemd/system/crio.service.d (OpenShift: the Proxy object named cluster)';
    case 'docker':
      return '/etc/systemd/system/docker.service.d';
    default:
      return '/etc/systemd/system/containerd.service.d';
  }
}

function proxyCommands(view: ImageView): string[] {
  const unit = { containerd: 'containerd', 'cri-o': 'crio', docker: 'docker', k3s: null, rke2: null, unknown: null }[nodeRuntime(view)];
  return unit ? [`sudo systemctl edit ${unit}`, `sudo systemctl restart ${unit}`] : [];
}
