import type { CauseCode } from '../../values/cause-code.ts';
import type { Alternative } from '../../values/verdict.ts';

/** What would show that it is this cause rather than the one that the text suggests. */
const tests: Partial<Record<CauseCode, string>> = {
  'repository-not-found': 'asked with a credential that may read it, the registry lists no tags for the repository',
  'manifest-not-found': 'asked with a credential that may read it, the registry lists other tags of the repository',
  'not-found-or-denied': 'the registry hides what a client may not see: ask it with a credential that can read the repository',
  'auth-required': 'the pod brings no credential for this registry',
  'auth-rejected': 'the same user and password fail to log in',
  'auth-expired': 'the credential is older than its lifetime: 12 hours for ECR, 1 hour for Google access tokens, 3 hours for ACR tokens',
  'auth-forbidden': 'the same credential logs in, and may not read this repository',
  'pull-secret-wrong-registry': 'the pull secrets have no key for this registry',
  'registry-address-blocked': 'the same credential works from another network',
  'registry-blob-missing': 'the registry serves other images, and fails at this one wherever it is pulled',
  'registry-unavailable': 'the registry answers other requests with a 5xx status as well',
  'registry-bad-response': 'the body of the answer is a web page rather than the JSON of a registry',
  'proxy-cache-upstream': 'the registry is a cache, and the image is there when its upstream is asked directly',
  'mirror-misconfigured': 'the registry itself answers when the mirror of the node is left out',
  'connection-dropped': 'another attempt fails at another place',
  'connect-timeout': 'the registry answers from other networks and not from this node',
  'content-store-damaged': 'the image unpacks on other nodes',
  'corrupt-layer': 'the image fails in the same way on every node',
  'unsupported-manifest':
    "it fails in the same way on every node, and its manifest names another configuration than an image's (skopeo inspect --raw)",
  'disk-full': 'the image file system of the node has less room than the image needs',
  'runtime-unavailable': 'other images fail on this node in the same way',
  'dns-failure': 'the name of the mirror does not resolve on the node',
  'registry-policy-blocked': 'from other networks the registry refuses the image as well',
  none: 'the image was pulled, and something else fails: the events and the log of the container name it',
  'unpack-failed': 'the image unpacks on nodes with another file system or user mapping',
};

/** A cause that lies with the node, where the words may be the registry's about itself. */
export function nodesOwn(code: CauseCode): Alternative {
  return { code, tellApart: 'no other image of this registry can be pulled on this node either, and elsewhere this one can' };
}

export function alternative(code: CauseCode): Alternative {
  return { code, tellApart: tests[code] ?? `the registry itself answers in the same way when asked directly` };
}
