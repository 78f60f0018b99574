import { besidesWhy } from './why.ts';

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
