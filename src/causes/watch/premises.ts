import { bestResult } from '../../values/best-result.ts';
import type { Evidence } from '../../values/evidence.ts';
import { factsOf } from '../../values/facts-of.ts';
import { type PremiseName, type PremiseValue, premiseKey, type WatchChange } from '../../values/watch.ts';

/** One thing that a pull depends on, and what it is. */
export interface Premise extends PremiseName {
  readonly value: PremiseValue;
}

/** What a pull depends on, by key (`premiseKey`). What could not be read is not in it. */
export type Premises = ReadonlyMap<string, Premise>;

/** Of these pods, the first of which is of the newest rollout: what it says stands. */
export function premisesOf(evidence: readonly Evidence[]): Premises {
  const found = new Map<string, Premise>();
  for (const premise of evidence.flatMap(premisesIn)) {
    const key = premiseKey(premise);
    if (!found.has(key)) found.set(key, premise);
  }
  return found;
}

function premisesIn(evidence: Evidence): readonly Premise[] {
  const { pod, spec, secrets, registry } = evidence;
  const account = spec.outcome === 'done' && 'value' in spec.facts.serviceAccount ? spec.facts.serviceAccount.value : null;
  const images = factsOf(spec)?.images ?? [];
  return [
    { what: 'pod', name: '', value: pod.name },
    ...(pod.node === null ? [] : [{ what: 'node', name: '', value: pod.node } as const]),
    ...images.map(({ container, kind, image }) => ({ what: 'image', kind, name: container, value: image }) as const),
    ...(spec.outcome === 'done' ? [{ what: 'pull-secrets', name: '', value: spec.facts.pullSecrets } as const] : []),
    ...(account ? [{ what: 'service-account', name: account.name, value: account.pullSecrets } as const] : []),
    ...(factsOf(secrets)?.secrets ?? [])
      .filter(({ state }) => state !== 'unreadable')
      .map(({ name, state, changedAt, createdAt }) => {
        const value = { state, changedAt: state === 'missing' ? null : (changedAt ?? createdAt) };
        return { what: 'secret', name, value } as const;
      }),
    ...(factsOf(registry)?.images ?? []).map(({ container, kind, attempts }) => {
      const image = images.find((image) => image.container === container && image.kind === kind)?.image;
      return { what: 'registry', name: image ?? container, value: bestResult(attempts.map(({ result }) => result)) } as const;
    }),
  ];
}

/** What differs, of all that is known of both. */
export function differences(before: Premises, after: Premises, at: string): readonly WatchChange[] {
  return [...before].flatMap(([key, { value, ...name }]) => {
    const now = after.get(key)?.value;
    return now === undefined || isSame(value, now) ? [] : [{ at, ...name, before: value, after: now }];
  });
}

export function isSame(a: PremiseValue, b: PremiseValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
