import { createHash } from 'node:crypto';
import type { Exchange } from '../values/evidence.ts';
import { fieldsOf, parseObject } from '../values/json-object.ts';
import { ask, type Conversation, registryUrl } from './conversation.ts';
import { acceptManifests } from './manifest.ts';

/**
 * Whether the "not found" of this registry is its own and no failure of an upstream. Distribution as a cache falls back to what it holds when its upstream fails, for a tag and for
 * the list of tags, and then says "unknown" of both (registry/proxy/proxytagservice.go); of a digest that it does not hold it passes on the upstream's own answer, or fails
 * (proxymanifeststore.go, 2.3 to 3.1). So its "unknown" for a digest that cannot exist comes only from a registry that is no cache, or from an upstream that answers. Of software that
 * does not use Distribution's words nothing follows.
 */
export async function deniesItself(
  conversation: Conversation,
  authorization: string | undefined,
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
  return { exchanges, proved: answer?.status === 404 && isDistributionsDenial(answer.body.toString('utf8'), digest) };
}

/** No content has it, but for a collision of SHA-256; the same for each image of a repository, which is asked once for all of them. */
function absentDigest(repository: string): string {
  return `sha256:${createHash('sha256').update(`the digest of nothing in ${repository}`).digest('hex')}`;
}

/** Distribution's ErrManifestUnknownRevision (errors.go), as it stands in `detail`: its fields up to 2.8, its sentence from 3.0 on. */
function isDistributionsDenial(body: string, digest: string): boolean {
  const { errors } = parseObject(body) ?? {};
  const { code, detail } = fieldsOf(Array.isArray(errors) ? errors[0] : null);
  if (code !== 'MANIFEST_UNKNOWN') return false;
  if (typeof detail === 'string') return /^unknown manifest name=\S+ revision=(\S+)$/.exec(detail)?.[1] === digest;
  const { Name: name, Revision: revision } = fieldsOf(detail);
  return typeof name === 'string' && revision === digest;
}
