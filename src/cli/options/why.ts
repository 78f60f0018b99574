import type { Option } from './option.ts';

export const whyOptions: readonly Option[] = [
  { name: 'container', short: 'c', kind: 'string', help: 'Only this container, init container or image volume.' },
  {
    name: 'exit-code',
    kind: 'boolean',
    help: 'If true, exit with 3 when a failing pull was found. Otherwise an answer is 0, whatever it says.',
  },
  {
    name: 'from',
    kind: 'string',
    help:
      'Explain what this file holds (- for standard input) instead of asking a cluster; nothing is contacted. Evidence of --save, kubectl get pods,events -o yaml|json, kubectl describe pod, ' +
      'kubectl cluster-info dump, a must-gather or a support bundle, as a file, archive or directory.',
  },
  { name: 'no-headers', kind: 'boolean', help: "If true, don't print headers of the table." },
  { name: 'no-registry', kind: 'boolean', help: 'If true, do not contact the registry from this workstation, and send it no credential.' },
  {
    name: 'node-logs',
    kind: 'boolean',
    help: "If true, also read the node's own logs through the API server, where the kubelet serves them: only lines about this image and its registry.",
  },
  {
    name: 'output',
    short: 'o',
    kind: 'string',
    shown: "'table'",
    help: 'Output format. One of: (table, wide, json, yaml, name, markdown). wide adds every piece of evidence with its source.',
  },
  {
    name: 'probe',
    kind: 'string',
    shown: "'auto'",
    help:
      'Ask the node itself, by a pod that is announced, pulls nothing and is removed again. ' +
      'Must be "auto" (where the evidence does not show already that the registry answered the node), "always" or "never".',
  },
  {
    name: 'probe-image',
    kind: 'string',
    help: 'An image with a shell (and nslookup, nc, curl, wget or openssl) that the node can pull or has: look up, connect and ask from a pod on the node as well, each a row of its own.',
  },
  {
    name: 'probe-namespace',
    kind: 'string',
    help: "Make probe pods in this namespace, where the pod's own forbids them. They have no pull secret there: it tests the way to the registry only.",
  },
  { name: 'registry-ca', kind: 'string', help: "PEM file of authorities to trust for registries, besides this workstation's own." },
  { name: 'save', kind: 'string', help: 'After the report, write the evidence, which holds no credential, to this file as JSON.' },
  {
    name: 'timeout',
    kind: 'duration',
    shown: '1m0s',
    help: 'How long the whole run may take, counted from the end of the login; what is not known by then is reported as unknown. Zero means one hour.',
  },
  {
    name: 'try-pull',
    kind: 'boolean',
    help: "If true, let the node pull the image itself once more, with the pod's secrets and service account, by a pod that runs nothing of it: proof that a fix works, or a fresh error.",
  },
  {
    name: 'watch',
    short: 'w',
    kind: 'boolean',
    help: 'If true, go on after the first report: show it again whenever it changes, and end when the pull is fixed, with what changed. --timeout is then for the whole watch, and has no default.',
  },
];

/** Options of another command, with those that it shares with `why`, by name. */
export function besidesWhy(own: readonly Option[], shared: readonly string[]): readonly Option[] {
  return [...own, ...whyOptions.filter(({ name }) => shared.includes(name))].sort((a, b) => (a.name < b.name ? -1 : 1));
}
