/**
 * What runtimes and the kubelet put around an error: it says who speaks and what they were doing, never why it failed. Each is removed
 * wherever it stands, since wrappers come doubled, in any order and behind log prefixes. Placeholders stand for names: see lift.ts.
 */
const wrappers: readonly RegExp[] = [
  /\bresolv(?:ing|ed) (?:short name )?"?[^"‹]{0,64}(?:‹\w+›)?"? (?:using unqualified-search registries|as an alias|to a recorded short-name alias) \((?:origin: )?‹\w+›\)/gi,
  /\btrying to pull ‹\w+›(?:\.{3})?/gi,
  /\btime="?‹\w+›"? level=\w{2,8} (?=msg=)/gi,
  /\bmsg="?pulling image ‹\w+›:?"?/gi,
  /,? ?this may be because there are no credentials on this request\.? ?/gi,
  /\brpc error: code = \w{2,24} desc = /gi,
  /\bdesc = (?=\S)/gi,
  /\binternal error occurred: ?/gi,
  /\bspec\.(?:init|ephemeral)?containers\{[^}]{0,253}\}:? ?/gi,
  /\b(?:failed to pull|back-off pulling|error pulling) image "?‹\w+›"?(?:: ?|$)/gi,
  /\b(?:pulling|pulled) image "?‹\w+›"? ?(?=$|warning|normal)/gi,
  /\berror: (?:errimagepull|imagepullbackoff)\b:? ?/gi,
  /\b(?:errimagepull|imagepullbackoff|imageinspecterror)(?:: ?|\b)/gi,
  /\bimage pull failed for ‹\w+› because (?:the registry is unavailable|the signature validation failed)[:.]? ?/gi,
  /\bregistryunavailable: ?/gi,
  /\bfailed to pull and unpack image "?‹\w+›"?:? ?/gi,
  /\bfailed to resolve (?:reference|source metadata for) "?‹\w+›"?:? ?/gi,
  /\bfailed to resolve image:? ?/gi,
  /\berror response from daemon: ?/gi,
  /\b(?:error )?initializing source "?‹\w+›"?:? ?/gi,
  /\berror initializing image from source "?‹\w+›"?:? ?/gi,
  /\b(?:error )?(?:pinging (?:container|docker) registry|pinging) ‹\w+›: ?/gi,
  /\bcopying system image from manifest list: ?/gi,
  /\bunable to pull image or oci artifact: pull image err: ?/gi,
  /\bunable to pull ‹\w+›: ?/gi,
  /\bfailed to get sandbox image "?‹\w+›"?: ?/gi,
  /\bfailed to create pod sandbox: ?/gi,
  /(?:\bapi error \(\d{3}\)|\(http code \d{3}\) (?:server error|unexpected)):?(?: - )?/gi,
  /\bfailed to inspect image "?(?:‹\w+›)?"?: ?/gi,
];

/** What docker, podman, ctr and nerdctl report of layers that fare well: `Already exists` there is no failure. */
const progress: readonly RegExp[] = [
  /‹digest›: (?:pulling fs layer|waiting|verifying checksum|(?:down)?load complete|pull complete|(?:layer )?already exists|retrying in \d+ seconds?|(?:downloading|extracting) {0,2}(?:\[[=> -]{0,80}\])?(?: {0,2}[\d.]{1,9} ?[kmgt]?i?b\/[\d.]{1,9} ?[kmgt]?i?b)?)/gi,
  /‹digest›: (?:done|exists|resolved|waiting|downloading) {0,2}\|[+-]{0,60}\|/gi,
  /\bcopying (?:blob|config) ‹digest› (?:done|skipped: already exists)/gi,
  /\bcopying (?:blob|config) ‹digest›(?= copying)/gi,
];

/** Removes every wrapper from a text whose names were lifted. */
export function peel(text: string): string {
  let rest = text;
  for (const wrapper of [...progress, ...wrappers]) rest = rest.replace(wrapper, ' ');
  return rest.replace(/ {2,}/g, ' ').trim();
}

/** The code of the outermost gRPC error, e.g. `NotFound`. */
export function grpcCodeIn(text: string): string | null {
  return /\brpc error: code = (\w{2,24})/i.exec(text)?.[1] ?? null;
}

const attemptStart =
  '(?:rpc error|failed to|unable to|error |initializing|pinging|get |head |unexpected|toomanyrequests|unauthorized|denied|pull access|manifest|no |dial |reading |registryunavailable|copying|requesting|received)';

/**
 * The entries of a Kubernetes aggregate `[e1, e2]` (apimachinery `pkg/util/errors`), one for each credential that was tried; the text
 * itself where it is not one.
 */
export function splitAggregate(text: string): readonly string[] {
  const start = new RegExp(`(?:^|[\\s:"])\\[(?=${attemptStart})`, 'i').exec(text);
  if (!start) return [text];
  const from = start.index + start[0].length;
  const inside = text.slice(from).replace(/\](?=[^\]]*$)(?=\s|$|")[^\]]*$/, '');
  const entries = inside.split(
    /,\s+(?=(?:rpc error: code|failed to pull|error response from daemon|initializing source|unable to pull|pinging container))/i,
  );
  return entries.length > 1 ? entries.slice(0, 16) : [text];
}

/** Cuts what only adds to a failure: the artifact attempt of CRI-O behind the image attempt. */
export function withoutSideFailures(text: string): string {
  const artifact = text.search(/; artifact err: /i);
  return artifact > 0 ? text.slice(0, artifact) : text;
}
