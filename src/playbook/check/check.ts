import type { Cluster } from '../../cluster/cluster.ts';
import { parseReference } from '../../image/reference.ts';
import type { CheckEvidence, Presence } from '../../values/check.ts';
import type { NodePlatform, Platform, Reading, SpecFacts, Step } from '../../values/evidence.ts';
import { unwritten } from '../../values/unwritten-image.ts';
import type { RawNode } from '../kubernetes.ts';
import { fittingNodes, placementOf } from '../node/demands.ts';
import { lists } from '../node/object.ts';
import { listNodes, nodePlatform } from '../node/platforms.ts';
import type { Exists } from '../proposals/propose.ts';
import { proposalSources } from '../proposals/sources.ts';
import { collectRegistry, type Inspect } from '../registry.ts';
import { collectSecrets } from '../secrets.ts';
import { collectSpec } from '../spec.ts';
import { askEach, platformsOf } from './each-platform.ts';
import { isMissing, namespaceStates, withEmptyAccount } from './namespaces.ts';
import { withoutServingKeys } from './nearest-keys.ts';
import { containerOf, evidenceOf, noPodYet, rawPodOf } from './planned-evidence.ts';
import { withProposals } from './proposals.ts';
import type { Question } from './questions.ts';

export interface CheckOptions {
  /** Only this node; undefined: all that the pod could run on. */
  readonly node: string | undefined;
  readonly inspect: Inspect;
  /** Whether an image that may have been meant is there. */
  readonly exists: Exists;
  readonly timeoutMilliseconds: number;
  /** Namespaces that the manifests would make. */
  readonly plannedNamespaces: ReadonlySet<string>;
  now(): Date;
  /** Called after each image that is done. */
  progress(done: number): void;
}

/**
 * The playbook's steps spec, secrets and registry for pods that are not there yet, all at once.
 * @throws ApiError, ConnectionError where the node that was named cannot be read
 */
export async function collectChecks(
  cluster: Cluster,
  questions: readonly Question[],
  options: CheckOptions,
): Promise<readonly CheckEvidence[]> {
  const nodes = await readNodes(cluster, options.node);
  const stateOf = namespaceStates(cluster, options.plannedNamespaces);
  const hosts = [...new Set(questions.flatMap(({ image }) => hostOf(image)))];
  let done = 0;
  const checks = await Promise.all(
    questions.map(async (question) => {
      const check = await collectCheck({ cluster, stateOf, hosts, options }, question, nodes);
      done += 1;
      options.progress(done);
      return check;
    }),
  );
  return withoutServingKeys(checks);
}

/** What all questions share. */
interface Run {
  readonly cluster: Cluster;
  readonly stateOf: ReturnType<typeof namespaceStates>;
  /** Registries of all images that are asked about. */
  readonly hosts: readonly string[];
  readonly options: CheckOptions;
}

function hostOf(image: string): readonly string[] {
  const parsed = parseReference(image);
  return 'reference' in parsed ? [parsed.reference.registry] : [];
}

async function readNodes(cluster: Cluster, only: string | undefined): Promise<Reading<readonly RawNode[]>> {
  return only === undefined ? listNodes(cluster) : { value: [await cluster.get<RawNode>(`/api/v1/nodes/${encodeURIComponent(only)}`)] };
}

async function collectCheck(run: Run, question: Question, nodes: Reading<readonly RawNode[]>): Promise<CheckEvidence> {
  const { options } = run;
  const where = options.node === undefined ? wherePut(nodes, question) : { nodes: platformed(nodes) };
  const { namespace, usedBy } = question;
  const { reachedBy } = run.cluster;
  const evidence = { ...evidenceOf(question, options.now()), ...(reachedBy && { reachedBy }) };
  if (unwritten(question.image) !== null) return { namespace, usedBy, evidence, ...where };
  const { state, spec } = await readSpec(run, question);
  const steps = question.neverPulled ? { spec } : await collectSteps(run, question, spec, platformsOf(where.nodes));
  const presence = question.neverPulled ? presenceOf(nodes, question, options.node) : null;
  return {
    namespace,
    usedBy,
    evidence: { ...evidence, ...steps },
    ...where,
    ...(state && { namespaceState: state }),
    ...(presence && { presence }),
  };
}

async function readSpec({ cluster, stateOf }: Run, question: Question) {
  const read = await collectSpec(cluster, rawPodOf(question), [containerOf(question)]);
  const lacksAccount = read.outcome === 'done' && isMissing(read.facts.serviceAccount);
  const state = lacksAccount ? await stateOf(question.namespace) : null;
  const spec = state === 'planned' && question.serviceAccount === 'default' ? withEmptyAccount(read) : read;
  return { state, spec };
}

async function collectSteps(
  { cluster, hosts, options }: Run,
  question: Question,
  spec: Step<SpecFacts>,
  platforms: readonly (Platform | null)[],
) {
  const account = spec.outcome === 'done' && 'value' in spec.facts.serviceAccount ? spec.facts.serviceAccount.value.pullSecrets : [];
  const images = spec.outcome === 'done' ? spec.facts.images : [];
  const pullSecrets = question.pullSecrets ?? account;
  const { step: secrets, credentials, loginsFor } = await collectSecrets(cluster, question.namespace, pullSecrets, images);
  const known = proposalSources(cluster, rawPodOf(question), noPodYet, secrets, loginsFor);
  const proposals = { ...known, hosts: [...new Set([...known.hosts, ...hosts])] };
  const asked = { ...options, env: {}, enabled: true, loginsFor };
  const registry = await askEach(platforms, (platform) => collectRegistry(images, credentials, platform, asked, options.inspect));
  return {
    spec: spec.outcome === 'done' ? { ...spec, facts: { ...spec.facts, pullSecrets } } : spec,
    secrets,
    registry: await withProposals(registry, images, proposals, options.exists),
  };
}

/** Of a list that is cut nothing is said that a node beyond its end could belie. */
function wherePut(nodes: Reading<readonly RawNode[]>, { demands }: Question): Pick<CheckEvidence, 'nodes' | 'placement'> {
  if ('obstacle' in nodes) return { nodes };
  const placement = nodes.cut ? null : placementOf(nodes.value, demands);
  return { nodes: platformed({ ...nodes, value: fittingNodes(nodes.value, demands) }), ...(placement && { placement }) };
}

function presenceOf(nodes: Reading<readonly RawNode[]>, { image, demands }: Question, only: string | undefined): Presence | null {
  if ('obstacle' in nodes) return null;
  const places = only === undefined ? fittingNodes(nodes.value, demands) : nodes.value;
  const names = (has: boolean) => places.filter((node) => lists(node, image) === has).map(({ metadata }) => metadata.name);
  const kubelets = [...new Set(places.map(({ status }) => status?.nodeInfo?.kubeletVersion ?? ''))];
  return { on: names(true), notSeenOn: names(false), kubelets, cut: nodes.cut === true };
}

function platformed(nodes: Reading<readonly RawNode[]>): Reading<readonly NodePlatform[]> {
  return 'obstacle' in nodes ? nodes : { ...nodes, value: nodes.value.flatMap(nodePlatform) };
}
