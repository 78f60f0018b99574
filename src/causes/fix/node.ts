import type { Fix } from '../../values/verdict.ts';
import { command } from '../../words/shell.ts';
import { registryHost } from '../facts.ts';
import type { ImageView } from '../view.ts';
import { kubectlAnywhere } from './kubectl.ts';

export type NodeRuntime = 'containerd' | 'cri-o' | 'docker' | 'k3s' | 'rke2' | 'unknown';

/** Which program pulls on the node, from what the node reports of its runtime and kubelet (`v1.30.4+k3s1`). */
export function nodeRuntime(view: ImageView): NodeRuntime {
  const { kubelet = '', runtime = '' } = view.node ?? {};
  if (kubelet.includes('+k3s')) return 'k3s';
  if (kubelet.includes('+rke2')) return 'rke2';
  if (runtime.startsWith('containerd://')) return 'containerd';
  if (runtime.startsWith('cri-o://')) return 'cri-o';
  if (runtime.startsWith('docker://')) return 'docker';
  return 'unknown';
}

/** Where the pulling program is configured for registries. */
export function registryConfiguration(view: ImageView): string {
  const host = registryHost(view);
  switch (nodeRuntime(view)) {
    case 'k3s':
      return '/etc/rancher/k3s/registries.yaml';
    case 'rke2':
      return '/etc/rancher/rke2/registries.yaml';
    case 'containerd':
      return `/etc/containerd/certs.d/${isHost(host) ? host : 'HOST'}/hosts.toml`;
    case 'cri-o':
      return '/etc/containers/registries.conf and /etc/containers/registries.conf.d';
    case 'docker':
      return '/etc/docker/daemon.json';
    case 'unknown':
      return "the runtime's registry configuration (containerd: /etc/containerd/certs.d; CRI-O: /etc/containers/registries.conf)";
  }
}

/** A shell on the node, for whoever may have one: read its files under /host. */
export function lookOnNode(view: ImageView, title: string, ...inside: readonly string[]): Fix | null {
  if (!view.pod.node) return null;
  const words = inside.length > 0 ? ['--', ...inside] : [];
  return { title, commands: [kubectlAnywhere(view, 'debug', `node/${view.pod.node}`, '-it', '--image=busybox', ...words)] };
}

/** How the node comes to trust an authority. `host`: the registry's host and port; commands are for a shell on the node. */
export function trustAuthority(view: ImageView, host: string | null): Fix {
  const node = view.pod.node ? `node ${view.pod.node}` : 'each node';
  const directory = isHost(host) ? host : 'HOST';
  switch (nodeRuntime(view)) {
    case 'cri-o':
      return {
        title: `on ${node}, trust the authority for this registry (on OpenShift through image.config.openshift.io, additionalTrustedCA)`,
        commands: [`sudo install -D -m 644 CA.crt ${command(`/etc/containers/certs.d/${directory}/ca.crt`)}`],
      };
    case 'docker':
      return {
        title: `on ${node}, trust the authority for this registry`,
        commands: [`sudo install -D -m 644 CA.crt ${command(`/etc/docker/certs.d/${directory}/ca.crt`)}`],
      };
    case 'k3s':
    case 'rke2':
      return {
        title: `on ${node}, name the authority's file under configs.${directory}.tls.ca_file in ${registryConfiguration(view)} and restart the service`,
        commands: [],
      };
    default:
      return {
        title: `on ${node}, trust the authority (Debian and Ubuntu; Red Hat: /etc/pki/ca-trust/source/anchors and update-ca-trust)`,
        commands: [
          'sudo install -m 644 CA.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates && sudo systemctl restart containerd',
        ],
      };
  }
}

/** How the node comes to speak plain HTTP to a registry. */
export function allowPlainHttp(view: ImageView, host: string | null): Fix {
  const node = view.pod.node ? `node ${view.pod.node}` : 'each node';
  const name = isHost(host) ? host : 'HOST';
  switch (nodeRuntime(view)) {
    case 'cri-o':
      return {
        title: `on ${node}, allow plain HTTP for this registry, if its network is trusted, and restart crio`,
        commands: [
          `printf '[[registry]]\\nlocation = "%s"\\ninsecure = true\\n' ${command(name)} | sudo tee /etc/containers/registries.conf.d/50-plain-http.conf`,
          'sudo systemctl restart crio',
        ],
      };
    case 'docker':
      return { title: `on ${node}, add "${name}" to insecure-registries in /etc/docker/daemon.json and restart docker`, commands: [] };
    case 'k3s':
    case 'rke2':
      return {
        title: `on ${node}, set mirrors."${name}".endpoint to ["http://${name}"] in ${registryConfiguration(view)} and restart the service`,
        commands: [],
      };
    default:
      return {
        title: `on ${node}, allow plain HTTP for this registry, if its network is trusted (containerd with config_path = "/etc/containerd/certs.d")`,
        commands: [
          `sudo mkdir -p ${command(`/etc/containerd/certs.d/${name}`)}`,
          `printf 'server = "http://%s"\\n' ${command(name)} | sudo tee ${command(`/etc/containerd/certs.d/${name}/hosts.toml`)}`,
        ],
      };
  }
}

/** Whether a text is a host, with a port or none, and nothing that could lead a path elsewhere. */
export function isHost(text: string | null): text is string {
  return text !== null && /^(?!.*\.\.)[A-Za-z0-9[][A-Za-z0-9.:[\]-]*$/.test(text);
}
