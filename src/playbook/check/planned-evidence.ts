import type { ContainerFacts, Evidence, PodFacts } from '../../values/evidence.ts';
import type { RawPod } from '../kubernetes.ts';
import { notStarted } from '../pod/not-started.ts';
import type { Question } from './questions.ts';

export const noPodYet = { outcome: 'skipped', milliseconds: 0, reason: 'there is no pod yet' } as const;

/** What is known before anything is read: the pod that there would be, with one container. */
export function evidenceOf(question: Question, now: Date): Evidence {
  return {
    apiVersion: 'imagepull/v1',
    kind: 'PullEvidence',
    collectedAt: now.toISOString(),
    pod: podOf(question),
    describe: { outcome: 'done', milliseconds: 0, facts: { containers: [containerOf(question)] } },
    events: noPodYet,
    spec: noPodYet,
    secrets: noPodYet,
    registry: noPodYet,
    probe: noPodYet,
    node: noPodYet,
  };
}

function podOf({ namespace, usedBy, serviceAccount }: Question): PodFacts {
  const owner = usedBy[0];
  return {
    namespace,
    name: owner?.name ?? '',
    uid: '',
    createdAt: '',
    phase: 'Pending',
    reason: null,
    message: null,
    deletedAt: null,
    owner: owner && owner.kind !== 'Pod' ? { kind: owner.kind, name: owner.name } : null,
    node: null,
    unscheduled: null,
    serviceAccount,
  };
}

/** What collectSpec reads of a pod. */
export function rawPodOf({ namespace, serviceAccount, pullSecrets, demands }: Question): RawPod {
  return {
    metadata: { name: '', uid: '', namespace },
    spec: {
      serviceAccountName: serviceAccount,
      imagePullSecrets: (pullSecrets ?? []).map((name) => ({ name })),
      nodeSelector: demands.labels,
      containers: [],
    },
  };
}

export function containerOf({ image, kind, neverPulled, usedBy }: Question): ContainerFacts {
  return {
    container: usedBy[0]?.container ?? 'image',
    kind,
    image,
    pullPolicy: neverPulled ? 'Never' : 'Always',
    pull: 'failing',
    waiting: null,
    ...notStarted,
    source: 'spec',
  };
}
