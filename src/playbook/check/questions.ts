import type { ImageUse } from '../../values/check.ts';
import type { ContainerKind } from '../../values/evidence.ts';
import { usesPullSecrets } from '../../values/pull-secret-use.ts';
import { anyNode, type NodeDemands } from '../node/demands.ts';
import { type PlannedPod, useOf } from './pod-specs.ts';

/** One image and all that decides how it would be pulled. */
export interface Question {
  /** Empty: the manifest gives none where one is wanted. */
  readonly image: string;
  readonly kind: ContainerKind;
  /** Its pull policy is Never: no registry is asked for it. */
  readonly neverPulled: boolean;
  readonly namespace: string;
  /** In the kubelet's order; null: those of the service account. */
  readonly pullSecrets: readonly string[] | null;
  readonly serviceAccount: string;
  readonly demands: NodeDemands;
  readonly usedBy: readonly ImageUse[];
}

export interface Overrides {
  /** Instead of those that pods and service accounts name; empty: as they say. */
  readonly secrets: readonly string[];
  readonly serviceAccount: string | undefined;
}

/** What is to be asked, each question once, whoever uses the image: those of the command line first. */
export function questionsOf(
  images: readonly string[],
  pods: readonly PlannedPod[],
  namespace: string,
  { secrets, serviceAccount }: Overrides,
): readonly Question[] {
  const chosen = secrets.length > 0 ? secrets : null;
  const named = images.map((image): Question => {
    const kind = 'container';
    const account = serviceAccount ?? 'default';
    return { image, kind, neverPulled: false, namespace, pullSecrets: chosen, serviceAccount: account, demands: anyNode, usedBy: [] };
  });
  const planned = pods.flatMap((pod) =>
    pod.images.map(
      (planned): Question => ({
        image: planned.image,
        kind: planned.kind,
        neverPulled: planned.neverPulled,
        namespace: pod.namespace ?? namespace,
        // A pod gets its service account's secrets only where it names none of its own.
        pullSecrets: chosen ?? (serviceAccount === undefined && pod.pullSecrets.length > 0 ? pod.pullSecrets : null),
        serviceAccount: serviceAccount ?? pod.serviceAccount,
        demands: pod.demands,
        usedBy: [useOf(pod, planned)],
      }),
    ),
  );
  return merged([...named, ...planned]);
}

/** Where an image is missing, each place is a question of its own. */
function merged(questions: readonly Question[]): readonly Question[] {
  const distinct = new Map<string, Question>();
  for (const question of questions) {
    const { kind, usedBy, ...rest } = question;
    const key = JSON.stringify([rest, usesPullSecrets(kind), question.image === '' ? usedBy : null]);
    const known = distinct.get(key);
    distinct.set(key, known ? { ...known, usedBy: [...known.usedBy, ...usedBy] } : question);
  }
  return [...distinct.values()];
}
