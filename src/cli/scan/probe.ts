import type { Judged } from '../../causes/group/case.ts';
import { groupFailures } from '../../causes/group/group.ts';
import { judge } from '../../causes/judge.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { probeStep } from '../diagnose.ts';
import type { StatusLine } from '../status-line.ts';
import { examplesOf } from './examples.ts';

/** Groups that are probed, the biggest first, and at a time: a scan must not become a load of its own. */
const mostProbes = 20;
const atATime = 3;

const asked = { container: undefined, probe: 'always', probeImage: undefined, probeNamespace: undefined, tryPull: false } as const;

/**
 * `scan --probe=always`: asks the node about one pod of each group, and judges that pod again.
 * @param cluster one that remembers nothing: the answers of probe pods are watched for
 * @param milliseconds of the run's time that are left
 */
export async function probeGroups(
  cluster: Cluster,
  judged: readonly Judged[],
  status: StatusLine,
  milliseconds: number,
): Promise<readonly Judged[]> {
  const deadline = performance.now() + milliseconds;
  const examples = examplesOf(groupFailures(judged), judged);
  const again = new Map<Judged, Judged>();
  for (let start = 0; start < Math.min(examples.length, mostProbes) && performance.now() < deadline; start += atATime) {
    await Promise.all(
      examples.slice(start, Math.min(start + atATime, mostProbes)).map(async (item) => {
        const probe = await probeStep(cluster, item.evidence, asked, status, deadline - performance.now());
        const evidence = { ...item.evidence, probe };
        again.set(item, { evidence, verdicts: judge(evidence) });
      }),
    );
  }
  return judged.map((item) => again.get(item) ?? item);
}
