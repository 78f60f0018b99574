import { isFailure, type Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { isOnTheWay } from '../../causes/group/subject.ts';
import { judge } from '../../causes/judge.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { CollectOptions } from '../../playbook/collect.ts';
import { collectAll } from '../../playbook/scan/collect-all.ts';
import type { Progress } from '../../playbook/scan/find-pods.ts';
import { withNeighbours } from '../../playbook/scan/neighbours.ts';
import { registryMemory } from '../../playbook/scan/registry-memory.ts';
import { scanPods, scanTargets } from '../../playbook/scan/scan-pods.ts';
import { sharingCluster } from '../../playbook/scan/sharing-cluster.ts';
import type { Evidence } from '../../values/evidence.ts';
import { readRegistryCa } from '../files.ts';
import type { Io } from '../io.ts';
import { printScan } from '../print-scan.ts';
import type { ScanRequest } from '../request.ts';
import { type StatusLine, statusLine } from '../status-line.ts';
import { withCluster } from '../with-cluster.ts';

/** `scan`: which pulls fail, then the playbook for each of them, then what is broken. */
export async function scan(request: ScanRequest, io: Io): Promise<number> {
  const ca = await readRegistryCa(request.registryCa);
  const status = statusLine(io);
  const begun = performance.now();
  try {
    return await withCluster(request.connection, status.io, request, async (direct) => {
      const cluster = sharingCluster(direct);
      const read = await findAndJudge(cluster, request, optionsOf(request, ca, io), status);
      const left = request.timeoutMilliseconds - (performance.now() - begun);
      const judged = request.probe === 'never' ? read : await (await import('../scan-probe.ts')).probeGroups(direct, read, status, left);
      const namespace = request.allNamespaces ? null : cluster.namespace;
      return printScan(judged, groupFailures(judged), { ...request, namespace }, status.io);
    });
  } finally {
    status.clear();
  }
}

function optionsOf(request: ScanRequest, registryCa: string | undefined, io: Io): CollectOptions {
  return { registry: request.registry, registryCa, timeoutMilliseconds: request.timeoutMilliseconds, env: io.env, now: io.now };
}

async function findAndJudge(
  cluster: Cluster,
  request: ScanRequest,
  options: CollectOptions,
  status: StatusLine,
): Promise<readonly Judged[]> {
  const namespace = request.allNamespaces ? null : cluster.namespace;
  const scope = { namespace, selector: request.selector, node: request.node };
  const now = options.now();
  const { pods, events } =
    request.targets.length > 0
      ? await scanTargets(cluster, cluster.namespace, request.targets, now)
      : await scanPods(cluster, scope, now, (progress) => status.show(progressText(progress)));
  const registries = registryMemory({ ...options, ca: options.registryCa });
  try {
    const show = (done: number) => status.show(`${number(done)} of ${number(pods.length)} failing pods read`);
    const evidence = await collectAll(cluster, pods, { events, inspect: registries.inspect }, options, show);
    return (await compared(cluster, evidence.map(judgeOne), namespace)).filter(({ verdicts }) => verdicts.some(isFailure));
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

/** `1,200 of 10,000 pods, 31 failing` */
function progressText({ seen, of, failing }: Progress): string {
  return `${number(seen)}${of === null || of < seen ? '' : ` of ${number(of)}`} pods, ${number(failing)} failing`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
