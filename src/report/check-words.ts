import type { CheckEvidence } from '../values/check.ts';
import type { Evidence, ImageRegistryFacts, SecretsFacts } from '../values/evidence.ts';
import { pluginName } from '../values/plugin-name.ts';
import { type Unwritten, unwritten } from '../values/unwritten-image.ts';
import type { Verdict } from '../values/verdict.ts';
import { kubectlPlugin } from '../words/kubectl.ts';
import { list } from '../words/text.ts';
import { describeObstacle } from './steps/finding.ts';
import { secretFaults, secrets } from './steps/secrets.ts';

/** What is to be said of a manifest that gives no image; null where it gives one. The words about a missing one are the API server's. */
export function unwrittenClause(image: string, { usedBy, evidence: { reachedBy } }: CheckEvidence, refused: boolean): string | null {
  const kind = unwritten(image);
  if (kind === null) return null;
  const [use] = usedBy;
  if (kind === 'missing' && refused && use?.found !== undefined) return notText(use.path, use.found);
  const check = kubectlPlugin(reachedBy, pluginName, 'check', '-f', '-');
  const words: Readonly<Record<Unwritten, string>> = {
    missing: `${use?.path ?? 'image'}: Required value`,
    template: `it is a template, to be rendered first: helm template CHART | ${check}`,
    variable: `it is a variable, to be put in first, e.g. envsubst < FILE | ${check}`,
  };
  if (kind === 'missing' && !refused)
    return `${use?.path ?? 'image'} is not given: who makes pods from this ${use?.kind ?? 'object'} may fill it in`;
  return words[kind];
}

/** The API server refuses it (`cannot unmarshal number into Go struct field Container.image of type string`). */
function notText(path: string, found: string): string {
  if (found.startsWith('{')) return `${path} is a mapping, where the name of an image must stand`;
  if (found.startsWith('[')) return `${path} is a list, where the name of an image must stand`;
  return `${path} is read as ${found}, which is no text: put it in quotes`;
}

/** What has to be there before a pod, and is not: each in a clause. */
export function placeClauses({ evidence: { pod, spec, secrets }, namespace, namespaceState, placement }: CheckEvidence): readonly string[] {
  if (namespaceState === 'missing') return [`namespace ${namespace} does not exist`, ...noNode(placement)];
  const account = spec.outcome === 'done' && 'obstacle' in spec.facts.serviceAccount ? spec.facts.serviceAccount.obstacle : null;
  // Where pull secrets are named besides, the account could add none.
  const spare = account?.kind !== 'not-found' && secrets.outcome === 'done' && secrets.facts.secrets.length > 0;
  if (account === null || spare) return noNode(placement);
  const missing =
    account.kind === 'not-found'
      ? `service account ${pod.serviceAccount} does not exist in namespace ${namespace}`
      : `service account ${pod.serviceAccount}: ${describeObstacle(account)}`;
  return [missing, ...noNode(placement)];
}

/** Where an image is that is never pulled; null: this one may be. */
export function presenceClause({ evidence: { describe }, presence }: CheckEvidence): string | null {
  const never = describe.outcome === 'done' && describe.facts.containers.every(({ pullPolicy }) => pullPolicy === 'Never');
  if (!never) return null;
  const rule = 'imagePullPolicy is Never: no registry is asked, it must be on the node';
  const { on = [], notSeenOn = [] } = presence ?? {};
  const parts = [
    ...(on.length === 0 ? [] : [`it is on ${nodes(on)}`]),
    ...(notSeenOn.length === 0 ? [] : [`not seen on ${nodes(notSeenOn)}`]),
  ];
  return [rule, ...(parts.length === 0 ? [] : [parts.join(', ')])].join('; ');
}

/** The demand that no node meets; or all of them, where each is met by some node and all by none. */
function noNode(placement: CheckEvidence['placement']): readonly string[] {
  if (!placement || placement.fitting > 0) return [];
  if (placement.nodes === 0) return ['the cluster has no nodes'];
  const unmet = placement.demands.filter(({ none }) => none);
  if (unmet.length === 0) return [`no node has all of ${list(placement.demands.map(({ text }) => text))}`];
  return [`no node has ${unmet.map(({ text, have }) => `${text}${have.length > 0 ? ` (there: ${have.join(', ')})` : ''}`).join(' or ')}`];
}

/** What is wrong with the pull secrets, or that there is none where one is wanted. */
export function secretClauses({ evidence, namespace, namespaceState }: CheckEvidence, verdict: Verdict): readonly string[] {
  if (evidence.secrets.outcome !== 'done' || namespaceState === 'missing') return [];
  const wanted = /^auth-|^not-found-or-denied$/.test(verdict.code);
  const created = namespaceState === 'planned' ? [`namespace ${namespace} is created by these manifests`] : [];
  if (evidence.secrets.facts.secrets.length === 0) return wanted ? ['no pull secret', ...created] : [];
  const row = secrets(evidence, [verdict]);
  const serves = row.status === 'ok' || (verdict.code === 'none' && row.status !== 'problem');
  const faults = secretFaults(evidence);
  return [...(serves ? faults : [row.finding]), ...meantSecrets(evidence.secrets.facts), ...(faults.length > 0 ? created : [])];
}

/** Secrets that are there, have an entry for the image, and a name like that of one which is not. */
function meantSecrets({ secrets }: SecretsFacts): readonly string[] {
  const named = new Set(secrets.map(({ name }) => name));
  const names = secrets.flatMap(({ near = [] }) => near.flatMap(({ name, fits }) => (fits && !named.has(name) ? [name] : [])));
  return names.length === 0 ? [] : [`did you mean pull secret ${names.join(' or ')}?`];
}

/** The tags that may have been meant, or the images. */
export function proposalClauses(facts: ImageRegistryFacts | null, { code, reference }: Verdict): readonly string[] {
  const tags = code === 'manifest-not-found' ? (facts?.tags?.nearest ?? []) : [];
  const own = reference?.digest && tags[0] === reference.tag;
  const proposals = (facts?.proposals ?? []).filter(({ verified }) => verified);
  return [
    ...(own ? [`the tag in its name, ${tags[0]}, is there, and is something else`] : []),
    ...(own || tags.length === 0 ? [] : [`nearest: ${list(tags)}`]),
    ...(proposals.length === 0 ? [] : [`did you mean ${proposals.map(({ reference }) => reference).join(' or ')}?`]),
  ];
}

/** Nodes for which there is no image. */
export function unfitClause(unfit: readonly string[]): readonly string[] {
  if (unfit.length === 0) return [];
  return [`not for ${nodes(unfit)}`];
}

function nodes(names: readonly string[]): string {
  const rest = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${names.length === 1 ? 'node' : 'nodes'} ${names.slice(0, 3).join(', ')}${rest}`;
}

/** Where the registry's cloud gives nodes an identity, which cannot be tried from here. */
export function identityClause(cloud: string | null): readonly string[] {
  return cloud === null ? [] : [`nodes in ${cloud} may read it by an identity of their own, which cannot be tried from here`];
}

/** Why an image that can be read is not vouched for: what of it was not looked at. */
export function unreadClause(facts: ImageRegistryFacts | null): readonly string[] {
  if (!facts?.attempts.some(({ result }) => result === 'found')) return [];
  const { manifest, blob } = facts;
  if (manifest === null || manifest.unread === 'manifest') return ['its manifest could not be read'];
  if (manifest.unread === 'image') return ["the manifest of the nodes' platform could not be read"];
  return blob === null ? ['its layers could not be looked at'] : [];
}

/** What the evidence has of the registry's answers about the image. */
export function registryFacts({ registry }: Evidence): ImageRegistryFacts | null {
  return registry.outcome === 'done' ? (registry.facts.images[0] ?? null) : null;
}
