import type { CauseCode } from '../values/cause-code.ts';
import { pluginCommand } from '../values/plugin-name.ts';
import type { Alternative } from '../values/verdict.ts';

/**
 * What would show that it is this cause rather than the one that was chosen: for the alternatives that the rules (not the text) leave open.
 */
const signs: Partial<Record<CauseCode, string>> = {
  'manifest-not-found': 'asked with a credential that may read it, the registry lists other tags of this repository',
  'repository-not-found': 'asked with a credential that may read it, the registry knows no tags of this repository either',
  'not-found-or-denied': 'the registry gives the same answer for a repository that surely does not exist',
  'auth-required': 'the same request with a valid credential succeeds',
  'auth-rejected': 'logging in with the same user and password fails',
  'auth-expired': 'a credential made today succeeds',
  'auth-forbidden': 'logging in succeeds, and pulling another repository with the same user too',
  'pull-secret-missing': 'kubectl get secret finds no Secret of that name in the namespace',
  'pull-secret-malformed': 'the Secret does not decode to a user and a password',
  'pull-secret-wrong-registry': "no key of the Secret is this image's registry",
  'registry-address-blocked': 'from another network the same credential is served',
  'registry-policy-blocked': "the registry's own page of the image names the policy",
  'proxy-cache-upstream': 'the same image is found at the registry that this one fetches it from',
  'registry-bad-response': 'asked from the node, the registry answers with a web page',
  'connect-timeout': 'the node gets no answer from the registry within 30 seconds',
  'tls-unknown-authority': 'the runtime on the node does not trust who issued the certificate, and a node that trusts it pulls the image',
  'tls-expired': 'the dates of the certificate, the same from anywhere, are over',
  'tls-name-mismatch': "the names in the certificate, the same from anywhere, lack the registry's",
  'rate-limited': 'the token that the node fetches, or what it asks for with it, is refused with 429',
  'pull-stalled': 'the size of the image on the node stops growing',
  'still-pulling': 'the pull ends by itself; larger images take minutes',
  'platform-mismatch': "the image's platform differs from the node's",
  'unsupported-manifest': "the registry's manifest names another configuration than an image's (skopeo inspect --raw)",
  'content-store-damaged': 'another node makes a container of the same image',
  'disk-full': "the node's image file system has less room than the image needs",
  'never-pull': 'the image is not among those on the node',
  'dns-failure': 'the node does not resolve the name of the registry',
  'registry-unavailable': 'the registry answers with a 5xx status from elsewhere too',
  'proxy-failure': "the registry answers a request from the node that does not go through the runtime's proxy",
  none: 'the events of a pod that is made anew name a volume, a Secret or the network instead',
  'mirror-misconfigured': 'another node without this mirror pulls the image',
};

/** @throws never; a code without a sign of its own refers to its page. */
export function alternative(code: CauseCode): Alternative {
  return { code, tellApart: signs[code] ?? `see ${pluginCommand} explain ${code}` };
}
