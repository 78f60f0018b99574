/**
 * Every option of the command line, once: the reader of argv, yargs and the help are fed from here.
 * Names, shorthands and defaults of the connection options are kubectl's (cli-runtime, genericclioptions/config_flags.go).
 */
export type OptionKind = 'string' | 'list' | 'boolean' | 'integer' | 'duration';

export interface Option {
  readonly name: string;
  readonly short?: string;
  readonly kind: OptionKind;
  /** The default, as the help shows it in Go's notation; absent: nothing, in that of its kind. */
  readonly shown?: string;
  readonly help: string;
}

export const connectionOptions: readonly Option[] = [
  { name: 'as', kind: 'string', help: 'Username to impersonate for the operation.' },
  { name: 'as-group', kind: 'list', help: 'Group to impersonate for the operation, this flag can be repeated.' },
  { name: 'as-uid', kind: 'string', help: 'UID to impersonate for the operation.' },
  { name: 'as-user-extra', kind: 'list', help: 'User extras to impersonate, KEY=VALUE, this flag can be repeated.' },
  { name: 'cache-dir', kind: 'string', help: 'Accepted for compatibility: nothing is cached.' },
  { name: 'certificate-authority', kind: 'string', help: 'Path to a cert file for the certificate authority.' },
  { name: 'client-certificate', kind: 'string', help: 'Path to a client certificate file for TLS.' },
  { name: 'client-key', kind: 'string', help: 'Path to a client key file for TLS.' },
  { name: 'cluster', kind: 'string', help: 'The name of the kubeconfig cluster to use.' },
  { name: 'context', kind: 'string', help: 'The name of the kubeconfig context to use.' },
  { name: 'disable-compression', kind: 'boolean', help: 'If true, opt out of response compression.' },
  { name: 'insecure-skip-tls-verify', kind: 'boolean', help: "If true, the API server's certificate is not checked." },
  { name: 'kubeconfig', kind: 'string', help: 'Path to the kubeconfig file.' },
  { name: 'kuberc', kind: 'string', help: 'Path to the kuberc file, whose policy for credential plugins is kept, or "off".' },
  { name: 'log-flush-frequency', kind: 'duration', shown: '5s', help: 'Accepted for compatibility: nothing is logged.' },
  { name: 'match-server-version', kind: 'boolean', help: 'Accepted for compatibility: any version of the server will do.' },
  { name: 'namespace', short: 'n', kind: 'string', help: 'The namespace of the pod.' },
  { name: 'password', kind: 'string', help: 'Password for basic authentication to the API server.' },
  { name: 'profile', kind: 'string', shown: "'none'", help: 'Accepted for compatibility: nothing is profiled.' },
  { name: 'profile-output', kind: 'string', shown: "'profile.pprof'", help: 'Accepted for compatibility: nothing is profiled.' },
  { name: 'request-timeout', kind: 'string', shown: "'0'", help: 'How long to wait for a single request to the API server.' },
  { name: 'server', short: 's', kind: 'string', help: 'The address and port of the Kubernetes API server.' },
  { name: 'tls-server-name', kind: 'string', help: 'Server name for the validation of the server certificate.' },
  { name: 'token', kind: 'string', help: 'Bearer token for authentication to the API server.' },
  { name: 'user', kind: 'string', help: 'The name of the kubeconfig user to use.' },
  { name: 'username', kind: 'string', help: 'Username for basic authentication to the API server.' },
  { name: 'warnings-as-errors', kind: 'boolean', help: 'If true, exit with 1 where the API server sent a warning.' },
];

const help: Option = { name: 'help', short: 'h', kind: 'boolean', help: 'Print this help.' };
const verbosity: Option = {
  name: 'v',
  short: 'v',
  kind: 'integer',
  shown: '0',
  help: 'Number for the log level verbosity. From 6 on each request is told on standard error.',
};

/** Accepted by every command, and before it. */
export const globalOptions: readonly Option[] = [...connectionOptions, verbosity, help];

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
function besidesWhy(own: readonly Option[], shared: readonly string[]): readonly Option[] {
  return [...own, ...whyOptions.filter(({ name }) => shared.includes(name))].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const scanOptions = besidesWhy(
  [
    {
      name: 'all-namespaces',
      short: 'A',
      kind: 'boolean',
      help: 'If true, scan the pods of all namespaces. The namespace of the context is ignored, even where --namespace gives one.',
    },
    { name: 'node', kind: 'string', help: 'Only pods on this node.' },
    {
      name: 'output',
      short: 'o',
      kind: 'string',
      shown: "'table'",
      help: 'Output format. One of: (table, wide, json, yaml, name, markdown). wide lists the pods of each group.',
    },
    {
      name: 'selector',
      short: 'l',
      kind: 'string',
      help: "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'. (e.g. -l key1=value1,key2=value2)",
    },
    {
      name: 'probe',
      kind: 'string',
      shown: "'never'",
      help:
        'Ask the node itself about one pod of each group, by a pod that is announced, pulls nothing and is removed again. ' +
        'Must be "never" or "always".',
    },
    {
      name: 'timeout',
      kind: 'duration',
      shown: '10m0s',
      help: 'How long the whole scan may take, counted from the end of the login. What is known by then is printed, and the exit code is 1. Zero means one hour.',
    },
  ],
  ['exit-code', 'from', 'no-headers', 'no-registry', 'registry-ca', 'watch'],
);

export const checkOptions = besidesWhy(
  [
    {
      name: 'filename',
      short: 'f',
      kind: 'list',
      help: 'A file, directory or pattern of manifests (YAML or JSON; - for standard input): every image that any pod made from them would use. Can be repeated.',
    },
    {
      name: 'node',
      kind: 'string',
      help: 'Only for this node. Otherwise for all nodes that the node selector, node affinity and node name allow.',
    },
    {
      name: 'output',
      short: 'o',
      kind: 'string',
      shown: "'table'",
      help: 'Output format. One of: (table, wide, json, yaml, name, markdown). wide adds the alternatives, all who use each image, and what the registry said to each credential.',
    },
    { name: 'recursive', short: 'R', kind: 'boolean', help: 'If true, also read what is below the directories given by -f.' },
    {
      name: 'secret',
      kind: 'list',
      help: 'Use this pull secret of the namespace instead of those that pods and service accounts name. Can be repeated: the order counts.',
    },
    {
      name: 'service-account',
      kind: 'string',
      help: 'Use the pull secrets of this service account instead of those that the manifests name. Default is the service account default.',
    },
  ],
  ['exit-code', 'no-headers', 'registry-ca', 'timeout'],
);

export const explainOptions: readonly Option[] = [
  { name: 'output', short: 'o', kind: 'string', shown: "'text'", help: 'Output format. One of: (text, json, yaml).' },
];

export const versionOptions: readonly Option[] = [
  { name: 'client', kind: 'boolean', help: 'Accepted for compatibility: no server is asked.' },
  { name: 'output', short: 'o', kind: 'string', help: "One of 'yaml' or 'json'." },
];

/** `kubectl imagepull --version`, for those who expect it. */
export const rootOptions: readonly Option[] = [{ name: 'version', kind: 'boolean', help: 'Print the version.' }];

export const commandNames = ['why', 'scan', 'check', 'explain', 'completion', 'version', 'help'] as const;
export type CommandName = (typeof commandNames)[number];

export const commandOptions: Readonly<Record<CommandName, readonly Option[]>> = {
  why: whyOptions,
  scan: scanOptions,
  check: checkOptions,
  explain: explainOptions,
  completion: [],
  version: versionOptions,
  help: [],
};
