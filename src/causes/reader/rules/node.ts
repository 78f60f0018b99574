import { type Rule, word } from './rule.ts';

/** The kubelet's own verdicts, and a runtime that does not answer. */
export const kubeletRules: readonly Rule[] = [
  {
    code: 'none',
    confidence: 'likely',
    phrases: [
      'failed to setup network for sandbox',
      'failed to set up sandbox container',
      'networkplugin cni failed',
      'cni plugin not initialized',
      'cni config uninitialized',
      'network plugin is not ready',
      'nodes are available:',
    ],
    when: ({ error }) => !/\bpull|errimage|resolve reference/i.test(error.raw.slice(0, 65536)),
  },
  {
    code: 'never-pull',
    confidence: 'certain',
    phrases: ['is not present with pull policy of never', 'errimageneverpull', 'is not present with pull policy never'],
  },
];

export const runtimeRules: readonly Rule[] = [
  {
    code: 'runtime-unavailable',
    confidence: 'certain',
    phrases: [
      'dial unix',
      '‹socket›',
      'error reading from server: eof',
      'transport is closing',
      'server is not initialized yet',
      'cannot connect to the docker daemon',
      'error during connect',
      'is the docker daemon running',
      'bad response from docker engine',
      'failed to record image pull intent',
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
    ],
    patterns: [/\bsnapshotter ‹?\w*›? ?was not found/, /\bopen \\*\.?\\*pipe/],
  },
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
      'failed to garbage collect required amount of images',
      'freediskspacefailed',
      'attempting to reclaim ephemeral-storage',
      'insufficient space',
      'wanted to free',
      'not enough disk space',
      'disk is full',
      'file system is full',
    ],
    patterns: [/(?<!no )\bdisk ?pressure\b/, /(?<!hasno)diskpressure\b/],
  },
];

/** The runtime's own store lacks what its database says that it has: containerd content and metadata stores, containers/storage, docker layerdb. */
export const storeRules: readonly Rule[] = [
  {
    code: 'content-store-damaged',
    confidence: 'likely',
    patterns: [
      /‹store›"?: (?:no such file or directory|directory not empty|file exists|not a directory|device or resource busy)/,
      /\breadlink ‹store›/,
    ],
    when: ({ clause }) => !/mount callback failed|tar file|ca cert|cert file|ca file/.test(clause),
    or: ['unpack-failed'],
  },
  {
    code: 'content-store-damaged',
    confidence: 'likely',
    phrases: [
      'failed to get reader from content store',
      'failed to get image from containerd image store',
      'expected at ‹store›: blob not found',
      'parent snapshot',
      'missing parent',
      'failed to stat snapshot',
      'snapshot does not exist',
      'no such snapshot',
      'layer not known',
      'image not known',
      'layer does not exist',
      'target snapshot',
      'metadata.db',
      'bucket not found',
      'blob not found in content store',
      'structure needs cleaning',
      'stale nfs file handle',
      'input/output error',
    ],
    patterns: [/\bcontent (?:digest )?"?‹digest›"?: not found/, /\bblob "?‹digest›"? expected at\b/, /\bread-only file system\b/],
    or: ['unpack-failed'],
  },
];

/** Layers that came and could not be unpacked: containerd archive/tar.go and mount, containers/storage, moby xfer, Windows hcsshim. */
export const unpackRules: readonly Rule[] = [
  {
    code: 'content-store-damaged',
    confidence: 'likely',
    patterns: [/(?:register layer|layerdb|overlay2?|‹store›).{0,600}: (?:no such file or directory|directory not empty|file exists)/],
    when: ({ clause }) =>
      /\b(?:rename|symlink|link|readlink|stat|lstat|open|mkdir|unlinkat)\b/.test(clause) &&
      !clause.includes('mount callback failed') &&
      !clause.includes('tar file'),
    or: ['unpack-failed'],
  },
  {
    code: 'content-store-damaged',
    confidence: 'likely',
    phrases: [
      'error creating overlay mount',
      'unexpected error from snapshotter',
      'failed to rename',
      'failed to commit snapshot',
      'already exists',
      'corrupted',
      'size of image',
      'imageref of image',
      'failed to stat blob',
      'invalid cross-device link',
      'storage-driver',
      'cannot stat',
      'bad message',
    ],
    patterns: [
      /content (?:digest )?"?‹digest›"?: not found/,
      /\/var\/lib\/.{0,200}: no such file or directory/,
      /\bread-only file system\b/,
    ],
  },
  {
    code: 'unpack-failed',
    confidence: 'likely',
    phrases: [
      'failed to lchown',
      'imagevolumemountfailed',
      'lchown',
      'insufficient uids or gids',
      'setxattr',
      'failed to setxattr',
      'failed to mount',
      'mount callback failed',
      'unhandled tar header type',
      'failed to convert whiteout',
      'd_type',
      'importlayer',
      'hcsshim',
      're-exec error',
      'nydusd',
      'rafs',
      'overlaybd',
      'stargz',
      'remote snapshot',
      'untar',
      'there might not be enough ids',
      'applylayer exit status',
      'failed to register layer',
      'failed to extract layer',
      'operation not permitted',
      'too many open files',
      'file name too long',
      'too many levels of symbolic links',
      'failed to unpack image',
      'adding layer with blob',
      'error processing tar file',
      'unpigz',
      'subuid',
      'invalid argument',
      'extraction snapshot',
      'unable to apply layer',
      'failed to apply layer',
      'unshare',
    ],
    or: ['content-store-damaged'],
  },
  { code: 'unpack-failed', confidence: 'likely', stages: ['unpack'], or: ['content-store-damaged', 'corrupt-layer'] },
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
    patterns: [word('panic'), word('segmentation violation')],
    phrases: ['internal error'],
  },
];

/** Not about pulling: the image is there, or something else keeps the pod. Only where no pull failure is spoken of. */
export const otherRules: readonly Rule[] = [
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
      'executable file not found in $path',
      'oci runtime create failed',
      'runasnonroot',
      'failed to reserve container name',
    ],
  },
];
