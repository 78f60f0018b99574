import type { Cluster } from '../../cluster/cluster.ts';
import type { Evidence, EvidenceSource, Obstacle, RegistryFacts, Step } from '../../values/evidence.ts';
import { type CollectOptions, collect, type Readers } from '../collect.ts';
import { collectEvents } from '../events.ts';
import type { RawPod } from '../kubernetes.ts';
import { neighboursAmong } from '../node/neighbours.ts';
import { collectNode } from '../node/node.ts';
import { type Use, usesOf } from '../node/uses.ts';
import { ownerOf } from '../subject/owner.ts';
import { rolloutOf } from '../subject/rollout.ts';
import type { SavedPod } from './failing-pods.ts';

const offline = 'a saved file is explained offline';

const noKubelet: Obstacle = { kind: 'not-collected', message: 'only the kubelet tells it' };

const unshown: Readonly<Record<Exclude<EvidenceSource, 'objects'>, string>> = {
  describe: 'kubectl describe does not show pull secrets and pull policies',
  events: 'events do not tell pull secrets and pull policies',
};

/**
 * The playbook for pods of a file: the steps that read, on what was collected. Neither registry nor node is asked.
 * @param among pods to compare with
 */
export async function collectSaved(
  cluster: Cluster,
  pods: readonly { readonly pod: SavedPod; readonly standsFor: number }[],
  among: Iterable<SavedPod>,
  time: Date,
): Promise<readonly Evidence[]> {
  const readers = readersOf(among);
  const evidence: Evidence[] = [];
  for (const { pod, standsFor } of pods) {
    const subject = { pod, owner: await ownerOf(cluster, pod), standsFor };
    const found = await collect(cluster, subject, optionsAt(pod.time === undefined ? time : new Date(pod.time)), readers);
    evidence.push(asSaved(found, pod.origin ?? 'objects'));
  }
  return evidence;
}

function optionsAt(time: Date): CollectOptions {
  return { registry: false, registryCa: undefined, leftMilliseconds: () => 1000, env: {}, now: () => time };
}

function readersOf(among: Iterable<RawPod>): Readers {
  const uses: Use[] = [];
  for (const pod of among) uses.push(...usesOf([pod]));
  return {
    events: collectEvents,
    node: (cluster, name, pod, images) =>
      collectNode(cluster, name, pod, images, {
        imageFs: async () => ({ obstacle: noKubelet }),
        neighbours: async (_cluster, _node, subject, lacking) => ({
          value: neighboursAmong(subject, lacking, uses).map((neighbours) => ({ ...neighbours, cut: true })),
        }),
      }),
    registry: async (): Promise<Step<RegistryFacts>> => ({ outcome: 'skipped', milliseconds: 0, reason: offline }),
    rollout: rolloutOf,
  };
}

function asSaved(found: Evidence, source: EvidenceSource): Evidence {
  const evidence: Evidence = { ...found, source, probe: { outcome: 'skipped', milliseconds: 0, reason: offline } };
  if (source === 'objects') return evidence;
  const obstacle: Obstacle = { kind: 'not-collected', message: unshown[source] };
  const { spec } = evidence;
  return {
    ...evidence,
    spec: spec.outcome === 'done' ? { ...spec, facts: { ...spec.facts, unread: obstacle } } : spec,
    secrets: { outcome: 'unknown', milliseconds: 0, obstacle },
  };
}
