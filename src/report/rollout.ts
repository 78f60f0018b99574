import type { RolloutChange } from '../values/evidence.ts';
import type { PullReport } from '../values/report.ts';
import { age } from '../words/durations.ts';
import { list } from '../words/text.ts';

/**
 * `Since revision 7 (5m ago): image v1 → v2, pull secrets regcred → none`; null: the revision changed nothing that bears on pulling, or it
 * is not known.
 */
export function rolloutLine({ pod, collectedAt }: PullReport): string | null {
  const { rollout } = pod;
  if (rollout === undefined || rollout.changes.length === 0) return null;
  const old = age(rollout.since, collectedAt);
  const several = new Set(rollout.changes.flatMap(({ container }) => container ?? [])).size > 1;
  const changes = rollout.changes.map((change) => changeWords(change, several));
  return `Since revision ${rollout.revision}${old === null ? '' : ` (${old} ago)`}: ${list(changes, 5)}`;
}

const names: Readonly<Record<RolloutChange['what'], string>> = {
  image: 'image',
  pullPolicy: 'pull policy',
  pullSecrets: 'pull secrets',
  serviceAccount: 'service account',
  nodeSelector: 'node selector',
};

/** @param named whether the container has to be */
export function changeWords({ what, container, before, after }: RolloutChange, named: boolean): string {
  const [from, to] = what === 'image' && before !== null && after !== null ? withoutRepository(before, after) : [before, after];
  const whose = named && container !== undefined ? `${container} ` : '';
  return `${whose}${names[what]} ${from ?? 'none'} → ${to ?? 'none'}`;
}

/** What two images of one repository differ in. */
function withoutRepository(before: string, after: string): readonly [string, string] {
  const repository = (image: string) => image.replace(/(?::[^:/@]*)?(?:@.*)?$/, '');
  const [a, b] = [repository(before), repository(after)];
  if (a !== b || a === before || a === after) return [before, after];
  return [before.slice(a.length).replace(/^:/, ''), after.slice(b.length).replace(/^:/, '')];
}
