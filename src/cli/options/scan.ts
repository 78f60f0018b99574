import { besidesWhy } from './why.ts';

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
