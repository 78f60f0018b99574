import type { Cluster } from '../../cluster/cluster.ts';
import { collectSaved } from '../../playbook/saved/collect-saved.ts';
import { failingPods, type SavedPod, type SavedScope, savedPods } from '../../playbook/saved/failing-pods.ts';
import { savedCluster } from '../../playbook/saved/saved-cluster.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import { SubjectError, type Target } from '../../playbook/subject/subject.ts';
import type { Evidence } from '../../values/evidence.ts';
import { CommandError } from '../program-errors.ts';
import { isEvidenceOf } from './named-owner.ts';
import { podsOfTarget } from './pods-of-target.ts';
import type { Saved } from './read-saved.ts';

export interface Selection extends SavedScope {
  readonly targets: readonly Target[];
}

/** What is wanted of a file. */
export interface Selected {
  /** Of --save. */
  readonly evidence: readonly Evidence[];
  /** Of those, and of no evidence, the playbook is still to be run. */
  readonly pods: readonly SavedPod[];
  /** They were asked for by name, whether or not they fail. */
  readonly named: boolean;
}

/** @throws CommandError, SubjectError where what was named is not in the file */
export async function select(saved: Saved, selection: Selection): Promise<Selected> {
  const evidence = evidenceIn(saved, selection);
  const known = new Set(evidence.map(({ pod }) => nameOf(pod)));
  const { targets } = selection;
  if (targets.length === 0) {
    const { pods, named } = unnamedPods(saved, selection, evidence.length > 0);
    return { evidence, pods: pods.filter(({ metadata }) => !known.has(nameOf(metadata))), named };
  }
  const found = await Promise.all(targets.map((target) => ofTarget(saved, selection, evidence, target)));
  const pods = new Map(found.flatMap(({ pods }) => pods).map((pod) => [nameOf(pod.metadata), pod]));
  return {
    evidence: evidence.filter((one) => targets.some((target) => isEvidenceOf(target, one))),
    pods: [...pods].flatMap(([name, pod]) => (known.has(name) ? [] : [pod])),
    named: true,
  };
}

function nameOf({ namespace = 'default', name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function evidenceIn({ evidence, name }: Saved, { namespace, node, selector }: Selection): readonly Evidence[] {
  if (evidence.length > 0 && selector !== undefined)
    throw new CommandError(`error: ${name} holds evidence of --save, which does not tell the labels of pods: leave --selector out`);
  return evidence.filter(
    ({ pod }) => (namespace === undefined || pod.namespace === namespace) && (node === undefined || pod.node === node),
  );
}

function unnamedPods(saved: Saved, selection: Selection, isBesideEvidence: boolean): Pick<Selected, 'pods' | 'named'> {
  const failing = failingPods(saved.objects, selection);
  if (failing.length > 0 || isBesideEvidence) return { pods: failing, named: false };
  const only = theOnly(savedPods(saved.objects, selection));
  return only === null ? { pods: [], named: false } : { pods: [only], named: true };
}

function theOnly(pods: Iterable<SavedPod>): SavedPod | null {
  const [first, second] = pods;
  return first !== undefined && second === undefined ? first : null;
}

async function ofTarget(saved: Saved, scope: SavedScope, evidence: readonly Evidence[], target: Target): Promise<Pick<Selected, 'pods'>> {
  const isInEvidence = evidence.some((one) => isEvidenceOf(target, one));
  if (saved.objects.isEmpty) {
    if (!isInEvidence) throw new CommandError(ofOthers(saved));
    return { pods: [] };
  }
  try {
    return { pods: await podsOfTarget(saved, scope, target) };
  } catch (error) {
    if (isInEvidence && error instanceof SubjectError) return { pods: [] };
    throw error;
  }
}

/** That the evidence is not of what was asked for. */
export function ofOthers({ evidence, name }: Saved): string {
  const pods = evidence.map(({ pod }) => nameOf(pod));
  return `error: ${name} holds evidence of other pods: ${pods.slice(0, 5).join(', ')}${pods.length > 5 ? ` and ${pods.length - 5} more` : ''}`;
}

/** So many pods are each compared with all others: for more that takes long and says little. */
const mostCompared = 20;

/** Whether `evidenceOf` compares these with all pods of the file. */
export function isCompared(pods: readonly unknown[]): boolean {
  return pods.length <= mostCompared;
}

/** The playbook for each of these pods. */
export async function evidenceOf(
  saved: Saved,
  pods: readonly { readonly pod: SavedPod; readonly standsFor: number }[],
): Promise<readonly Evidence[]> {
  const others = !isCompared(pods) ? [] : savedPods(saved.objects, { namespace: undefined });
  return collectSaved(clusterOf(saved), pods, others, saved.objects.time);
}

/** The file as a cluster of which answers that many pods ask for are remembered. */
export function clusterOf({ objects, reachedBy }: Saved): Cluster {
  return sharingCluster(savedCluster(objects, 'default', reachedBy));
}
