import { createHash } from 'node:crypto';
import type { Exchange } from '../values/evidence.ts';
import { fieldsOf, parseObject } from '../values/json-object.ts';
import { chooseChallenge } from './challenge.ts';
import { ask, type Conversation, type Reaction, registryUrl } from './conversation.ts';
import { acceptManifests } from './manifest.ts';

/**
 * Whether the "not found" of this registry is its own and no failure of an upstream: asked by a digest that cannot exist, which no cache
 * holds.
 *
 * Distribution as a cache falls back to what it holds when its upstream fails, for a tag and for the list of tags, and then says "unknown"
 * of both (registry/proxy/proxytagservice.go); of a digest that it does not hold it passes on the upstream's own answer, or fails
 * (proxymanifeststore.go, 2.3 to 3.1).
 *
 * Quay says "unknown" without words of what it would hold itself (data/registry_model/registry_oci_model.py, lookup_manifest_by_digest:
 * `ManifestDoesNotExist()`), and in an organisation that is a cache in the words of what its upstream said, or failed with
 * (registry_proxy_model.py, `ManifestDoesNotExist(str(e))`); both stand in `detail` (endpoints/v2/manifest.py, `ManifestUnknown(str(e))`).
 *
 * Of software that does not use these words nothing follows. Harbor calls an artifact of a proxy project whose upstream is unhealthy
 * missing as it does its own (src/server/middleware/repoproxy/proxy.go, canProxy).
 * @param opening the first answer about the manifest, whose challenge shows whether this is Quay
 */
export async function deniesItself(
  conversation: Conversation,
  authorization: string | undefined,
  opening: Reaction,
): Promise<{ readonly exchanges: readonly Exchange[]; readonly proved: boolean }> {
  const digest = absentDigest(conversation.repository);
  const url = registryUrl(conversation, `manifests/${digest}`);
  const { exchanges, answer } = await ask(conversation, {
    purpose: 'absent-digest',
    method: 'GET',
    url,
    authorization,
    accept: acceptManifests,
  });
  if (answer?.status !== 404) return { exchanges, proved: false };
  const { code, detail } = denial(answer.body.toString('utf8'));
  const proved = code === 'MANIFEST_UNKNOWN' && (isDistributions(detail, digest) || (detail === '' && isQuay(opening)));
  return { exchanges, proved };
}

/** No content has it, but for a collision of SHA-256; the same for each image of a repository, which is asked once for all of them. */
function absentDigest(repository: string): string {
  return `sha256:${createHash('sha256').update(`the digest of nothing in ${repository}`).digest('hex')}`;
}

function denial(body: string) {
  const { errors } = parseObject(body) ?? {};
  return fieldsOf(Array.isArray(errors) ? errors[0] : null);
}

/** Distribution's ErrManifestUnknownRevision (errors.go), as it stands in `detail`: its fields up to 2.8, its sentence from 3.0 on. */
function isDistributions(detail: unknown, digest: string): boolean {
  if (typeof detail === 'string') return /^unknown manifest name=\S+ revision=(\S+)$/.exec(detail)?.[1] === digest;
  const { Name: name, Revision: revision } = fieldsOf(detail);
  return typeof name === 'string' && revision === digest;
}

/** Its token server is at `/v2/auth` of itself, and asked also for what is public (auth/registry_jwt_auth.py). */
function isQuay({ answer }: Reaction): boolean {
  const realm = chooseChallenge(answer?.headers['www-authenticate'])?.parameters.realm;
  return realm !== undefined && URL.parse(realm)?.pathname === '/v2/auth';
}
