import { bestResult } from '../../values/best-result.ts';
import type { Evidence } from '../../values/evidence.ts';
import type { Premise, WatchChange } from '../../values/watch.ts';

/** What a pull depends on, by `PREMISE NAME`, as one word or name each. What could not be read is not in it. */
export type Premises = ReadonlyMap<string, string>;

/** Of these pods, the first of which is of the newest rollout: what it says stands. */
export function premisesOf(evidence: readonly Evidence[]): Premises {
  const found = new Map<string, string>();
  for (const item of evidence) for (const [key, value] of entries(item)) if (!found.has(key)) found.set(key, value);
  return found;
}

function entries(evidence: Evidence): readonly (readonly [string, string])[] {
  const { pod, spec, secrets, registry } = evidence;
  const entry = (premise: Premise, name: string, value: string) => [`${premise} ${name}`, value] as const;
  const names = (list: readonly string[]) => list.join(', ') || 'none';
  const account = spec.outcome === 'done' && 'value' in spec.facts.serviceAccount ? spec.facts.serviceAccount.value : null;
  return [
    entry('pod', '', pod.name),
    ...(pod.node === null ? [] : [entry('node', '', pod.node)]),
    ...(spec.outcome === 'done' ? spec.facts.images.map(({ container, image }) => entry('image', container, image)) : []),
    ...(spec.outcome === 'done' ? [entry('pull-secrets', '', names(spec.facts.pullSecrets))] : []),
    ...(account ? [entry('service-account', account.name, names(account.pullSecrets))] : []),
    ...(secrets.outcome === 'done'
      ? secrets.facts.secrets
          .filter(({ state }) => state !== 'unreadable')
          .map(({ name, state, changedAt, createdAt }) =>
            entry('secret', name, state === 'missing' ? state : `${state}, of ${changedAt ?? createdAt ?? '?'}`),
          )
      : []),
    ...(registry.outcome === 'done'
      ? registry.facts.images.map(({ container, attempts }) => {
          const image = spec.outcome === 'done' ? spec.facts.images.find((image) => image.container === container)?.image : undefined;
          return entry('registry', image ?? container, bestResult(attempts.map(({ result }) => result)));
        })
      : []),
  ];
}

/** What differs, of all that is known of both. */
export function differences(before: Premises, after: Premises, at: string): readonly WatchChange[] {
  return [...before].flatMap(([key, from]) => {
    const to = after.get(key);
    if (to === undefined || to === from) return [];
    const space = key.indexOf(' ');
    return [{ at, what: key.slice(0, space) as Premise, name: key.slice(space + 1), from, to }];
  });
}
