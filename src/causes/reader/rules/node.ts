import { fileDenied, isUnanswered, type Rule, type Said, word } from './rule.ts';

const isKernelLimit = ({ error, clause }: Said) => clause.includes('inotify') || error.raw.slice(0, 8192).includes('/sys/fs/cgroup');

/** The kubelet's own verdicts, and a runtime that does not answer. */
export const kubeletRules: readonly Rule[] = [
  {
    code: 'none',
    confidence: 'likely',
    phrases: [
      'failed to setup network for sandbox',
      'failed to create pod network sandbox',
      'failed to set up sandbox container',
      'networkplugin cni failed',
      'cni plugin not initialized',
      'cni config uninitialized',
      'network plugin is not ready',
      'cni config not initialized',
      'nodes are available:',
      'failed calling webhook',
      'failed for volume',
      'unable to connect to the server',
      'failed to find runtime handler',
      'invalid empty entrypoint and cmd',
    ],
    patterns: [/\bno runtime for "?‹\w+›"? is configured/, /\bis forbidden: (?:get|post) "?‹url›/],
    when: ({ error }) => !/\bpull|errimage|resolve reference|default image tag/i.test(error.raw.slice(0, 65536)),
  },
  {
    // Also of an image that is there and that this pod may not use (KEP-2535).
    code: 'never-pull',
    confidence: 'likely',
    phrases: ['is not present with pull policy of never', 'errimageneverpull', 'is not present with pull policy never'],
    or: ['auth-required'],
  },
];

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

export const diskRules: readonly Rule[] = [
  {
    code: 'disk-full',
    confidence: 'certain',
    phrases: [
      'no space left on device',
      'disk quota exceeded',
      'not enough space on the disk',
      'there is not enough space',
      'insufficient free disk space',
      'low on resource: ephemeral-storage',
      'low on resource: inodes',
      'low on resource: imagefs',
      'low on resource: nodefs',
      'failed to garbage collect required amount of images',
      'freediskspacefailed',
      'attempting to reclaim ephemeral-storage',
      'wanted to free',
      'not enough disk space',
      'disk is full',
      'file system is full',
    ],
    patterns: [/(?<!no )\bdisk ?pressure\b/, /(?<!hasno)diskpressure\b/],
    when: (said) => !isKernelLimit(said),
  },
  // of a node's disk, or of what a registry grants a project
  { code: 'disk-full', confidence: 'likely', phrases: ['insufficient space'], when: isUnanswered, or: ['registry-policy-blocked'] },
  // ENOSPC of the kernel's own: control groups and inotify watches, not the disk
  {
    code: 'runtime-unavailable',
    confidence: 'possible',
    phrases: ['no space left on device'],
    when: isKernelLimit,
    or: ['disk-full'],
  },
];

export const stalledRules: readonly Rule[] = [
  {
    code: 'pull-stalled',
    confidence: 'likely',
    phrases: [
      'context canceled',
      'context cancelled',
      'deadline exceeded',
      'net/http: request canceled',
      'operation was canceled',
      'because of no progress',
      'image pull deadline',
      'cancel pulling',
      'operation was cancelled',
      'cancelled during retry delay',
      'registration cancelled',
      'pulling cancelled',
    ],
    or: ['connect-timeout'],
  },
  {
    code: 'pull-stalled',
    confidence: 'possible',
    patterns: [/\block(?:ed)? for ‹?.{0,80}unavailable/, /\bref .{0,300}locked\b/],
    or: ['content-store-damaged'],
  },
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

/** Not about pulling: the image is there, or something else keeps the pod. Only where no pull failure is spoken of. */
export const otherRules: readonly Rule[] = [
  // a sandbox that is not made, for a reason that has nothing to do with its image
  {
    code: 'none',
    confidence: 'possible',
    stages: ['sandbox'],
    phrases: ['runtimehandler', 'runtime handler', 'error adding pod', 'cgroup'],
    or: ['runtime-unavailable'],
  },
  {
    code: 'still-pulling',
    confidence: 'possible',
    when: ({ error, clause }) =>
      !/\p{L}{2}/u.test(clause.replace(/‹\w+›/g, '')) &&
      /\bpulling image\b/i.test(error.raw.slice(0, 4096)) &&
      !/back-off|backoff|error|fail/i.test(error.raw.slice(0, 4096)),
  },
  {
    code: 'none',
    confidence: 'likely',
    phrases: [
      'back-off restarting failed',
      'crashloopbackoff',
      'nodes are available',
      'already present on machine',
      'successfully pulled image',
      'mountvolume.setup failed',
      'unable to attach or mount volumes',
      'liveness probe failed',
      'readiness probe failed',
      'startup probe failed',
      'cni plugin not initialized',
      'failed to setup network for sandbox',
      'failed to set up sandbox container',
      'createcontainerconfigerror',
      'oomkilled',
      'not found in $path',
      'oci runtime create failed',
      'runasnonroot',
      'failed to reserve container name',
      'successfully assigned',
    ],
  },
];
