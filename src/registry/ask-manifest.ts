import { resultOf } from './attempt-result.ts';
import { ask, type Conversation, type Reaction, registryUrl } from './conversation.ts';
import { acceptManifests, manifestLimit, parseManifest } from './manifest.ts';

/** The first question, as containerd asks it: HEAD of the manifest, with nothing of anybody's. */
export function open(conversation: Conversation): Promise<Reaction> {
  return askForManifest(conversation, 'HEAD', undefined);
}

/** GET of the manifest. On Docker Hub a success counts as a pull. */
export async function readManifest(conversation: Conversation, authorization: string | undefined, reference = conversation.wanted) {
  const reaction = await askForManifest(conversation, 'GET', authorization, reference);
  const succeeded = reaction.answer !== null && reaction.answer.status < 300 && !reaction.answer.truncated;
  const parsed = succeeded && reaction.answer ? parseManifest(reaction.answer.body, reaction.answer.headers['content-type'] ?? null) : null;
  // What is asked for by its digest has to have it.
  const manifest = parsed && reference.startsWith('sha256:') && parsed.digest !== reference ? null : parsed;
  const result = resultOf(reaction);
  return { reaction, manifest, result: manifest ? ('found' as const) : result === 'found' ? ('bad-response' as const) : result };
}

/** One request for the manifest, or for another by its tag or digest. */
export function askForManifest(
  conversation: Conversation,
  method: 'GET' | 'HEAD',
  authorization: string | undefined,
  reference = conversation.wanted,
) {
  const url = registryUrl(conversation, `manifests/${reference}`);
  return ask(conversation, { purpose: 'manifest', method, url, authorization, accept: acceptManifests, bodyLimit: manifestLimit });
}
