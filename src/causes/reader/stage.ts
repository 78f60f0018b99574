import type { PullStage } from './pull-error.ts';

/**
 * Phrases, lower case, by which a message tells at which stage it failed; the first stage that has one wins, so inner stages come first.
 */
const stagePhrases: readonly (readonly [PullStage, readonly string[]])[] = [
  [
    'parse',
    [
      "couldn't parse image",
      'invalid reference format',
      'failed to parse image reference',
      'failed to apply default image tag',
      'invalidimagename',
    ],
  ],
  [
    'create',
    [
      'createcontainererror',
      'runcontainererror',
      'failed to create containerd task',
      'failed to create containerd container',
      'oci runtime create failed',
      'runc create failed',
      'exec format error',
      'imagevolumemountfailed',
    ],
  ],
  [
    'unpack',
    [
      'failed to extract layer',
      'failed to register layer',
      'untar re-exec',
      're-exec error',
      'adding layer with blob',
      'applying layer',
      'applylayer',
      'error processing tar file',
      'failed to unpack image on snapshotter',
      'extraction snapshot',
      'apply layer',
      'mount callback failed',
      'wrong diff id',
      'importlayer',
      'failed to commit snapshot',
      'processing tar file',
      'unpacking failed',
      'unpack:',
      'extracting layer',
    ],
  ],
  [
    'token',
    [
      'failed to authorize',
      'oauth token',
      'anonymous token',
      'requesting bearer token',
      'requesting bear token',
      'unable to retrieve auth token',
      'fetch token',
      'token endpoint',
      'auth token',
    ],
  ],
  [
    'config',
    [
      'error pulling image configuration',
      'parsing image configuration',
      'reading config blob',
      'fetching config',
      'unmarshal image config',
      'config.v1+json',
      'container.image.v1+json',
    ],
  ],
  [
    'blob',
    [
      'failed to copy',
      'httpreadseeker',
      'httpreaderseeker',
      'fetching blob',
      'reading blob',
      'writing blob',
      'storing blob',
      'copying blob',
      'error writing blob',
      'error pulling layer',
      'failed commit on ref',
      'downloading blob',
      'download failed after attempts',
      'failed to fetch layer',
      'content descriptor',
      'failed to read expected number of bytes',
      'short read: expected',
      'blob unknown',
      'layer verification failed',
      'rootfs.diff.tar',
    ],
  ],
  [
    'manifest',
    [
      'reading manifest',
      'manifest unknown',
      'manifest for',
      'determining manifest',
      'parsing manifest',
      'choosing image',
      'choosing an image',
      'in manifest',
      'manifest list',
      'image index',
    ],
  ],
  [
    'resolve',
    [
      'failed to resolve',
      'pinging container registry',
      'pinging docker registry',
      'head ‹url›',
      'initializing source',
      'head request',
      'failed to do request',
    ],
  ],
  ['inspect', ['failed to inspect image', 'imageinspecterror']],
  ['credentials', ['illegal base64', 'base64(username:password)', 'dockerconfig', 'credentialprovider']],
];

/** The stage that a lifted text in lower case speaks of. Where the URL of the failed request says more, it decides. */
export function stageIn(lower: string, url: string | null): PullStage {
  const spoken = stagePhrases.find(([, phrases]) => phrases.some((phrase) => lower.includes(phrase)))?.[0];
  if (spoken === 'unpack' || spoken === 'parse' || spoken === 'create' || spoken === 'token') return spoken;
  if (url !== null) {
    if (/\/token\b|\/oauth2\/|\/jwt\/auth|\/proxy_auth|\/v2\/auth\b|\/auth\?/.test(url)) return 'token';
    if (/\/blobs\/|X-Amz-|x-amz-|\/docker\/registry\/v2\/blobs|sig=/.test(url)) return spoken === 'config' ? 'config' : 'blob';
    if (/\/manifests\//.test(url) && (spoken === undefined || spoken === 'blob')) return 'manifest';
  }
  if (spoken !== undefined) return spoken;
  if (/failed to (?:create pod sandbox|get sandbox image)/.test(lower)) return 'sandbox';
  return 'unknown';
}
