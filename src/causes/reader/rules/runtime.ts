import { fileDenied, type Rule, word } from './rule.ts';

/** A runtime that does not answer, or not properly. */
export const runtimeRules: readonly Rule[] = [
  {
    code: 'runtime-unavailable',
    confidence: 'certain',
    phrases: [
      'dial unix',
      'error reading from server: eof',
      'transport is closing',
      'server is not initialized yet',
      'cannot connect to the docker daemon',
      'error during connect',
      'is the docker daemon running',
      'bad response from docker engine',
      'docker daemon socket',
      'container runtime is down',
      'unknown service ‹',
      'received message larger than max',
      'unknown method',
      'unable to resolve snapshotter',
      'aborted by a go panic',
      'no unpack platforms defined',
      'transport: error while dialing',
      'grpc: the client connection is closing',
      'failed to connect to containerd',
      'snapshotter not loaded',
      'snapshotter must be provided',
      'applier must be provided',
      'separate-pull-cgroup',
      'invalid systemd cgroup',
      'image_pull_progress_timeout',
      'pull child finished',
    ],
    // a command's own `-r unix:///…` names a socket too
    patterns: [
      /\b(?:dial|dialing|connect|connecting|connection|listen|open|reach|ping)\b[^‹]{0,60}‹socket›/,
      /‹socket›"?:? (?:connect|connection|no such|not found|permission|i\/o|read|write|timeout|broken)/,
      /\bcannot connect to (?:the )?(?:podman|containerd|cri-o|container runtime)\b/,
      /\bsnapshotter ‹?\w*›? ?was not found/,
      /\bopen \\{1,4}\.?\\{1,4}pipe/,
      /\b(?:images|content store|diff|snapshots|leases) service not found/,
    ],
  },
  // the kubelet's own records (pkg/kubelet/images/pullmanager): why they cannot be written stands behind
  {
    code: 'runtime-unavailable',
    confidence: 'likely',
    phrases: ['failed to record image pull intent'],
    when: ({ clause }) => !/no space left|quota exceeded|input\/output error|read-only file system/.test(clause),
    or: ['disk-full'],
  },
  // docker's own client, of its own daemon (client/errors.go)
  { code: 'runtime-unavailable', confidence: 'likely', phrases: ['for api route and version'] },
  { code: 'runtime-unavailable', confidence: 'likely', stages: ['inspect'], phrases: ['deadline exceeded', 'context canceled'] },
];

/** The runtime said that something inside it failed, and no more. */
export const internalRules: readonly Rule[] = [
  {
    code: 'runtime-unavailable',
    confidence: 'possible',
    patterns: [word('panic'), word('segmentation violation'), fileDenied],
    phrases: ['internal error', 'too many open files', 'cannot allocate memory', 'signal: killed'],
  },
];
