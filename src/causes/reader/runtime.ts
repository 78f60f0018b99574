import type { Runtime } from './pull-error.ts';

const runtimePhrases: readonly (readonly [Runtime, readonly string[]])[] = [
  [
    'cri-o',
    [
      'initializing source',
      'pinging container registry',
      'pinging docker registry',
      'copying system image',
      'reading manifest',
      'requesting bear',
      'oci artifact',
      'writing blob',
      'short-name',
      'short name mode',
      'cri-o',
      'crio',
    ],
  ],
  [
    'containerd',
    [
      'failed to pull and unpack',
      'failed to resolve reference',
      'failed to resolve image',
      'httpreadseeker',
      'httpreaderseeker',
      'failed to do request',
      'containerd',
      'failed to extract layer',
      'snapshotter',
      'failed to authorize',
    ],
  ],
  [
    'docker',
    [
      'error response from daemon',
      "'docker login'",
      'docker daemon',
      'failed to register layer',
      'error pulling image configuration',
      'dockerd',
      'error from registry',
    ],
  ],
  [
    'kubelet',
    [
      "couldn't parse image",
      'pull policy of never',
      'pull qps exceeded',
      'invalidimagename',
      'illegal base64 data',
      'base64(username:password)',
    ],
  ],
];

/** Who speaks, as far as the wording tells. */
export function runtimeIn(lower: string): Runtime {
  return runtimePhrases.find(([, phrases]) => phrases.some((phrase) => lower.includes(phrase)))?.[0] ?? 'unknown';
}
