import { catalogue } from '../../causes/catalogue.ts';
import { isOfTemplate } from '../../causes/fix/rollout.ts';
import { isFailure, type Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { isOnTheWay } from '../../causes/group/subject.ts';
import { judge } from '../../causes/judge.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { abortable } from '../../cluster/transport/abortable.ts';
import type { CollectOptions } from '../../playbook/collect.ts';
import type { collectRegistry } from '../../playbook/registry.ts';
import { collectAll } from '../../playbook/scan/collect-all.ts';
import { withNeighbours } from '../../playbook/scan/neighbours.ts';
import { registryMemory } from '../../playbook/scan/registry-memory.ts';
import { withRollouts } from '../../playbook/scan/rollouts.ts';
import { type Scanned, scanPods, scanTargets } from '../../playbook/scan/scan-pods.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { ScanRequest } from '../request.ts';
import { examplesOf } from './examples.ts';
import type { ScanProgress } from './progress.ts';

/** Of the time that is left, for all that registries are asked: pods of which they do not tell in time are judged without them. */
const shareOfRegistries = 0.7;

export interface Found {
  /** Those with a failing pull, by namespace and name. */
  readonly judged: readonly Judged[];
  /** Pods with a failing pull, or what may be one, that were not read before the time ended. */
  readonly unread: number;
}

/**
 * Which pulls fail, and why each of them does. Where the time ends among the failing pods, what is known by then is the answer.
 * @param ended aborts when the time of the run is over, and where the run is interrupted
 * @param registry asks instead of the step of that name
 * @throws the reason of `ended` where nothing can be said yet, and of `interrupted`
 */
export async function findAndJudge(
  cluster: Cluster,
  request: ScanRequest,
  options: CollectOptions,
  { interrupted, ended }: { readonly interrupted: AbortSignal; readonly ended: AbortSignal },
  progress: ScanProgress,
  registry?: typeof collectRegistry,
): Promise<Found> {
  const namespace = request.allNamespaces ? null : cluster.namespace;
  const { pods, events } = await abortable(find(cluster, request, namespace, options.now(), progress), ended);
  const timeoutMilliseconds = Math.floor(shareOfRegistries * options.leftMilliseconds());
  const registries = registryMemory({ ...options, timeoutMilliseconds, signal: ended });
  const known = new Map<string, Judged>();
  try {
    const shared = { events, inspect: registries.inspect, signal: ended, ...(registry && { registry }) };
    const reading = collectAll(cluster, pods, shared, options, (found, done) => {
      const judged = judgeOne(found);
      known.set(found.pod.uid, judged);
      const codes = judged.verdicts.filter(isFailure).map(({ code }) => code);
      progress.reading(done, pods.length, codes);
    });
    await abortable(reading, ended);
    const judged = await abortable(compared(cluster, inOrder(pods, known), namespace), ended);
    return { judged: await abortable(rolledOut(cluster, judged.filter(isFailing), pods), ended), unread: 0 };
  } catch (error) {
    if (interrupted.aborted || !ended.aborted) throw error;
    return { judged: inOrder(pods, known).filter(isFailing), unread: pods.length - known.size };
  } finally {
    registries.close();
  }
}

function find(cluster: Cluster, request: ScanRequest, namespace: string | null, now: Date, progress: ScanProgress): Promise<Scanned> {
  if (request.targets.length > 0) return scanTargets(cluster, cluster.namespace, request.targets, now);
  return scanPods(cluster, { namespace, selector: request.selector, node: request.node }, now, progress.finding);
}

function inOrder(pods: Scanned['pods'], known: ReadonlyMap<string, Judged>): readonly Judged[] {
  return pods.flatMap(({ metadata }) => known.get(metadata.uid) ?? []);
}

function isFailing({ verdicts }: Judged): boolean {
  return verdicts.some(isFailure);
}

function judgeOne(found: Evidence): Judged {
  const evidence: Evidence = { ...found, probe: { outcome: 'skipped', milliseconds: 0, reason: 'a scan makes no probe pods' } };
  return { evidence, verdicts: judge(evidence) };
}

/** Where the trouble may be a node's as well as a registry's, those are judged again with what runs beside them. */
export async function compared(cluster: Cluster, judged: readonly Judged[], namespace: string | null): Promise<readonly Judged[]> {
  const unclear = judged.filter(({ verdicts }) => verdicts.some(({ code }) => isOnTheWay(code)));
  const evidence = await withNeighbours(
    cluster,
    unclear.map((item) => item.evidence),
    namespace,
  );
  return judgedAgain(judged, unclear, evidence);
}

/**
 * One pod of each group whose cause its template may have brought about is judged again with what its rollout changed: going back may be
 * what serves its users first.
 */
async function rolledOut(cluster: Cluster, judged: readonly Judged[], pods: Scanned['pods']): Promise<readonly Judged[]> {
  const groups = groupFailures(judged).filter(({ code }) => isOfTemplate(code, catalogue[code].family));
  const examples = examplesOf(groups, judged);
  const evidence = await withRollouts(
    cluster,
    examples.map((item) => item.evidence),
    pods,
  );
  return judgedAgain(judged, examples, evidence);
}

/** @param evidence of `some`, in their order */
function judgedAgain(judged: readonly Judged[], some: readonly Judged[], evidence: readonly Evidence[]): readonly Judged[] {
  const again = new Map(some.map((item, index) => [item, evidence[index]]));
  return judged.map((item) => {
    const known = again.get(item);
    return known === undefined || known === item.evidence ? item : judgeOne(known);
  });
}
