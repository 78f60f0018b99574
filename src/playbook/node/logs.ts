import type { Cluster } from '../../cluster/cluster.ts';
import { registryHost } from '../../image/registry-host.ts';
import type { Evidence, NodeLogs, Reading, Reference } from '../../values/evidence.ts';
import { read } from '../step.ts';
import { nodePath } from './kubelet.ts';
import { aboutImages, type Wanted } from './log-lines.ts';

/** Of one log, in bytes, and how many lines of it a service's log is asked for. */
const largest = 16 * 1024 * 1024;
const tail = 5000;
const mostFiles = 4;

/** Files under /var/log in which runtimes and kubelets write where there is no journal, the most telling first. */
const files = /^(?:containerd|crio|docker|k3s|k3s-agent|rke2|rke2-agent|kubelet|syslog|messages|daemon)(?:\.log)?$/;

/** The same evidence, with what the node's own logs say of the images that are not there; unchanged where nothing is known of the node. */
export async function withNodeLogs(cluster: Cluster, evidence: Evidence): Promise<Evidence> {
  const { node, spec, pod } = evidence;
  if (node.outcome !== 'done') return evidence;
  const references = spec.outcome === 'done' ? spec.facts.images.flatMap(({ reference }) => reference ?? []) : [];
  const logs = await readNodeLogs(cluster, node.facts.name, servicesOf(node.facts.runtime, node.facts.kubelet), {
    about: references.flatMap(patternsOf),
    since: pod.createdAt,
  });
  return { ...evidence, node: { ...node, facts: { ...node.facts, logs } } };
}

/**
 * The image, what its registry is asked for, and what a mirror is asked in its place: other registries may have a repository of the same
 * name.
 */
function patternsOf({ registry, repository }: Reference): readonly RegExp[] {
  const name = escaped(repository);
  return [
    new RegExp(`${escaped(registry)}/${name}(?![/\\w-]|\\.\\w)`),
    new RegExp(`//${escaped(registryHost(registry))}/v2/${name}/`),
    new RegExp(`/v2/${name}/[^\\s"]*[?&]ns=${escaped(encodeURIComponent(registry))}(?![\\w.%-])`),
  ];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function servicesOf(runtime: string, kubelet: string): readonly string[] {
  if (kubelet.includes('+k3s')) return ['k3s', 'k3s-agent'];
  if (kubelet.includes('+rke2')) return ['rke2-agent', 'rke2-server'];
  return [runtime.startsWith('cri-o:') ? 'crio' : runtime.startsWith('docker:') ? 'docker' : 'containerd', 'kubelet'];
}

/**
 * What the kubelet serves of its node's logs: its log query where that is enabled (NodeLogQuery, /logs/?query=SERVICE; KEP-2258), else
 * files under /var/log. Without that feature the query is ignored and the list of files comes back.
 */
async function readNodeLogs(cluster: Cluster, nodeName: string, services: readonly string[], wanted: Wanted): Promise<Reading<NodeLogs>> {
  return read('get nodes/proxy', async () => {
    const root = `${nodePath(nodeName)}/proxy/logs/`;
    const query = (service: string) => ({ query: service, sinceTime: wanted.since, tailLines: tail });
    const [first = '', ...others] = services;
    const answer = await cluster.getText(root, query(first), largest);
    if (!isListing(answer)) {
      const rest = await Promise.all(others.map((service) => cluster.getText(root, query(service), largest).catch(() => '')));
      return { sources: services.map((service) => `/logs/?query=${service}`), lines: aboutImages([answer, ...rest], wanted) };
    }
    const names = namesIn(answer);
    if (names.length === 0)
      throw new Error('the kubelet serves no log of its runtime: the feature NodeLogQuery is not enabled, and /var/log has no file of it');
    const texts = await Promise.all(names.map((name) => cluster.getText(`${root}${name}`, {}, largest).catch(() => '')));
    return { sources: names.map((name) => `/logs/${name}`), lines: aboutImages(texts, wanted) };
  });
}

function isListing(text: string): boolean {
  return /^\s*(?:<!doctype html>\s*(?:<meta[^>]*>\s*)?)?<pre>/i.test(text.slice(0, 500));
}

function namesIn(listing: string): readonly string[] {
  const names = [...listing.matchAll(/<a href="([^"/]+)">/g)].flatMap(([, name]) => (name && files.test(name) ? [name] : []));
  return names.slice(0, mostFiles);
}
