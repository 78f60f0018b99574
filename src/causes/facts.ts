import type { Attempt, AttemptResult, CredentialName, SecretFacts } from '../values/evidence.ts';
import { clip, list } from '../words/text.ts';
import { hostFault } from './probe/host-fault.ts';
import { nodeView } from './probe/reading.ts';
import { isInformative } from './reader/read.ts';
import { restoreNames } from './reader/restore.ts';
import { refusalsOf } from './registries/furthest.ts';
import type { ImageView } from './view.ts';

/** The image as written. */
export function imageName(view: ImageView): string {
  return clip(view.container.image);
}

/** Host and port of the image's registry; null where the name does not parse or was not read. */
export function registryHost(view: ImageView): string | null {
  return view.spec?.reference?.registry ?? null;
}

/** `registry.example.com`, else `the registry`. */
export function theRegistry(view: ImageView): string {
  return registryHost(view) ?? 'the registry';
}

/** `registry.example.com/payment`, else the image as written. */
export function theRepository(view: ImageView): string {
  const reference = view.spec?.reference;
  return reference ? clip(`${reference.registry}/${reference.repository}`) : imageName(view);
}

/** `tag v2.1.3` or `digest sha256:...`; null where neither is known. */
export function tagOrDigest(view: ImageView): string | null {
  const reference = view.spec?.reference;
  if (reference?.digest) return `digest ${clip(reference.digest, 80)}`;
  return reference?.tag ? `tag ${clip(reference.tag, 130)}` : null;
}

export function nodeName(view: ImageView): string | null {
  return view.pod.node ?? view.node?.name ?? null;
}

/** `node ip-10-0-3-7`, else `the node`. */
export function theNode(view: ImageView): string {
  const name = nodeName(view);
  return name ? `node ${clip(name)}` : 'the node';
}

/** The pod has come to its end: nothing of it is tried again, whatever is changed in it. */
export function hasEnded({ pod }: ImageView): boolean {
  return pod.phase === 'Failed' || pod.phase === 'Succeeded';
}

/** A text at the beginning of a sentence: a host keeps its lower case. */
export function capitalised(text: string): string {
  return /^(the|node) /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** The host that the failing request went to, where the message says: a token server, a mirror or a storage host as well. */
export function failingHost(view: ImageView): string | null {
  return view.reading?.error.request?.host ?? hostFault(view)?.host ?? heardHost(view) ?? registryHost(view);
}

/** Where the texts are gone, and the runtime was heard to fail when it was asked. */
function heardHost(view: ImageView): string | null {
  const said = view.reading === null ? nodeView(view) : null;
  return said?.prober === 'runtime' && !said.reached ? (said.reading.error.request?.host ?? null) : null;
}

/** The name in the failing host, without its port. */
export function failingName(view: ImageView): string | null {
  return failingHost(view)?.replace(/:\d+$/, '') ?? null;
}

/** The same where it is not the registry's own; null where it is, or is not known. */
export function otherHost(view: ImageView): string | null {
  const failing = failingHost(view);
  const registry = registryHost(view);
  return failing === null || registry === null || isSameHost(failing, registry) || isDockerHub(failing, registry) ? null : failing;
}

/** `auth.docker.io (asked on the way to docker.io)`, or the registry alone where that is what failed. */
export function theFailingHost(view: ImageView): string {
  const failing = failingHost(view);
  const other = otherHost(view);
  if (failing === null) return 'the registry';
  return other === null ? clip(failing) : `${clip(other)} (asked on the way to ${clip(registryHost(view) ?? '')})`;
}

/** DNS does not care about case. */
function isSameHost(host: string, other: string): boolean {
  return host.toLowerCase() === other.toLowerCase();
}

function isDockerHub(failing: string, registry: string): boolean {
  return registry === 'docker.io' && (failing === 'registry-1.docker.io' || failing === 'index.docker.io');
}

/** The whole text of the failure, on one line; null where there is none: a kubelet's own words of its back-off alone tell nothing. */
export function rawMessage(view: ImageView, limit = 1000): string | null {
  const raw = view.reading?.error.raw ?? view.container.waiting?.message ?? '';
  return isInformative(raw) ? clip(raw, limit) : null;
}

/** What the registry itself said about the failure, e.g. `denied: requested access to the resource is denied`. */
export function registryWords(view: ImageView): string | null {
  const { registryErrors, raw } = view.reading?.error ?? { registryErrors: [], raw: '' };
  const [first] = registryErrors;
  if (!first) return null;
  const message = restoreNames(first.message, raw).replace(/\.+$/, '');
  return clip(first.code ? `${first.code}: ${message}` : message, 300);
}

/** The attempts, from this workstation, that ended so. */
export function attemptsWith(view: ImageView, ...results: readonly AttemptResult[]): readonly Attempt[] {
  return (view.registry?.attempts ?? []).filter((attempt) => results.includes(attempt.result));
}

/** Its registry does not have it for anybody that was asked for. */
export function isAbsent(view: ImageView): boolean {
  return attemptsWith(view, 'manifest-unknown', 'repository-unknown', 'not-found').length > 0 && attemptsWith(view, 'found').length === 0;
}

export function secretsIn(view: ImageView, state: SecretFacts['state']): readonly SecretFacts[] {
  return view.secrets.filter((secret) => secret.state === state);
}

/** What is not known of the pull secrets that may not be read here; null: all could be read. */
export function unreadableSecrets(view: ImageView): string | null {
  const names = secretsIn(view, 'unreadable').map(({ name }) => name);
  if (names.length === 0) return null;
  return names.length === 1
    ? `Secret ${list(names)} could not be read, so it is not known whether it holds a credential for it.`
    : `Secrets ${list(names)} could not be read, so it is not known whether they hold a credential for it.`;
}

/**
 * The credential that the case is about: the one that was refused, of several the one that got furthest, else the first that the kubelet
 * would send.
 */
export function suspectCredential(view: ImageView): CredentialName | null {
  return heardSuspect(view) ?? view.credentials?.tries[0] ?? null;
}

function heardSuspect(view: ImageView): CredentialName | null {
  const read = refusalsOf(view).find(({ codes }) => codes.length > 0)?.attempt;
  const refused = read ?? attemptsWith(view, 'unauthorized', 'token-refused', 'forbidden').find(({ credential }) => credential !== null);
  return refused?.credential ?? inTurn(view);
}

/** The kubelet tells of its attempts in the order of the credentials, and of equal ones only once (kuberuntime_image.go, PullImage). */
function inTurn({ reading, credentials }: ImageView): CredentialName | null {
  const attempts = reading?.error.attempts ?? [];
  const tries = credentials?.tries ?? [];
  if (attempts.length !== tries.length) return null;
  const index = attempts.findIndex(({ clause, status }) => clause === reading?.error.clause && status === reading.error.status);
  return tries[index] ?? null;
}

/** `user ci-puller from secret regcred`; several where nothing tells which of them it is about; null where no credential is known. */
export function theCredential(view: ImageView): string | null {
  const credential = suspectCredential(view);
  if (!credential) return null;
  const tries = view.credentials?.tries ?? [];
  if (tries.length > 1 && heardSuspect(view) === null) {
    return `any of the credentials from ${list([...new Set(tries.map((tried) => `secret ${tried.secret}`))])}`;
  }
  const secret = `secret ${clip(credential.secret)}`;
  return credential.user ? `user ${clip(credential.user, 80)} from ${secret}` : secret;
}
