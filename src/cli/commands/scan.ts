import { isFailure, type Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { isOnTheWay } from '../../causes/group/subject.ts';
import { judge } from '../../causes/judge.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { abortable } from '../../cluster/transport/abortable.ts';
import type { CollectOptions } from '../../playbook/collect.ts';
import { collectAll } from '../../playbook/scan/collect-all.ts';
import { checkNamespace } from '../../playbook/scan/namespace.ts';
import { withNeighbours } from '../../playbook/scan/neighbours.ts';
import { registryMemory } from '../../playbook/scan/registry-memory.ts';
import { scanPods, scanTargets } from '../../playbook/scan/scan-pods.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import type { Evidence } from '../../values/evidence.ts';
import { readRegistryCa } from '../files.ts';
import type { Io } from '../io.ts';
import type { ScanRequest, WatchRequest } from '../request.ts';
import { printScan } from '../scan/print.ts';
import { type ScanProgress, scanProgress } from '../scan/progress.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/** `scan`: which pulls fail, then the playbook for each of them, then what is broken. Interrupted, it ends at once and says how far it came. */
export async function scan(request: ScanRequest, io: Io): Promise<number> {
  const ca = await readRegistryCa(request.registryCa);
  const status = statusLine(io);
  if (request.watch) return watched({ ...request, registryCa: ca, watch: request.watch }, status);
  const progress = scanProgress(status);
  const begun = performance.now();
  try {
    return await withCluster(request.connection, status.io, request, async (direct) => {
      const cluster = sharingCluster(direct);
      io.signal.throwIfAborted();
      const read = await abortable(findAndJudge(cluster, request, optionsOf(request, ca, io), io.signal, progress), io.signal);
      const left = request.timeoutMilliseconds - (performance.now() - begun);
      const judged = request.probe === 'never' ? read : await (await import('../scan/probe.ts')).probeGroups(direct, read, status, left);
      io.signal.throwIfAborted();
      const namespace = request.allNamespaces ? null : cluster.namespace;
      const isUnseen = namespace !== null && request.targets.length === 0 && progress.seen() === 0 && judged.length === 0;
      const doubt = isUnseen ? await checkNamespace(cluster, namespace) : null;
      return printScan(judged, groupFailures(judged), { ...request, namespace, doubt }, status.io);
    });
  } catch (error) {
    if (isInterrupted(io.signal)) status.io.stderr.write(`${progress.interruption()}\n`);
    throw error;
  } finally {
    status.clear();
  }
}

async function watched(request: ScanRequest & { readonly watch: WatchRequest }, status: StatusLine): Promise<number> {
  const { refuseProbes, watchScan } = await import('../watch/scan.ts');
  refuseProbes(request);
  return withCluster(request.connection, status.io, request, (cluster) => watchScan(cluster, request, status));
}

/** The reasons of an abort are exit codes: those after SIGINT and SIGTERM. */
const interruptions: ReadonlySet<unknown> = new Set([130, 143]);

/** By a person or the system; where nobody reads the output any more there is nobody to tell. */
function isInterrupted({ aborted, reason }: AbortSignal): boolean {
  return aborted && interruptions.has(reason);
}

function optionsOf(request: ScanRequest, registryCa: string | undefined, io: Io): CollectOptions {
  const { registry, timeoutMilliseconds } = request;
  return { registry, registryCa, leftMilliseconds: () => timeoutMilliseconds, env: io.env, now: io.now };
}

async function findAndJudge(
  cluster: Cluster,
  request: ScanRequest,
  options: CollectOptions,
  signal: AbortSignal,
  progress: ScanProgress,
): Promise<readonly Judged[]> {
  const namespace = request.allNamespaces ? null : cluster.namespace;
  const scope = { namespace, selector: request.selector, node: request.node };
  const now = options.now();
  const { pods, events } =
    request.targets.length > 0
      ? await scanTargets(cluster, cluster.namespace, request.targets, now)
      : await scanPods(cluster, scope, now, progress.finding);
  const registries = registryMemory({ ...options, timeoutMilliseconds: options.leftMilliseconds(), signal });
  try {
    const judged = new Map<Evidence, Judged>();
    const evidence = await collectAll(cluster, pods, { events, inspect: registries.inspect, signal }, options, (found, done) => {
      const known = judgeOne(found);
      judged.set(found, known);
      progress.reading(
        done,
        pods.length,
        known.verdicts.filter(isFailure).map(({ code }) => code),
      );
    });
    const inOrder = evidence.flatMap((found) => judged.get(found) ?? []);
    return (await compared(cluster, inOrder, namespace)).filter(({ verdicts }) => verdicts.some(isFailure));
  } finally {
    registries.close();
  }
}

function judgeOne(found: Evidence): Judged {
  const evidence: Evidence = { ...found, probe: { outcome: 'skipped', milliseconds: 0, reason: 'a scan makes no probe pods' } };
  return { evidence, verdicts: judge(evidence) };
}

/** Where the trouble may be a node's as well as a registry's, those are judged again with what runs beside them. */
async function compared(cluster: Cluster, judged: readonly Judged[], namespace: string | null): Promise<readonly Judged[]> {
  const unclear = judged.filter(({ verdicts }) => verdicts.some(({ code }) => isOnTheWay(code)));
  const evidence = await withNeighbours(
    cluster,
    unclear.map((item) => item.evidence),
    namespace,
  );
  const again = new Map(unclear.map((item, index) => [item, evidence[index]]));
  return judged.map((item) => {
    const known = again.get(item);
    return known === undefined || known === item.evidence ? item : judgeOne(known);
  });
}
