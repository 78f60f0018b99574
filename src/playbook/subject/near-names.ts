import { editDistance } from '../../image/edit-distance.ts';

/**
 * The names that were probably meant, nearest first: those that begin with the name (pods of a workload do), then those with few typing
 * errors.
 */
export function nearNames(wanted: string, names: readonly string[], limit = 5): readonly string[] {
  const allowed = wanted.length <= 4 ? 1 : Math.max(2, Math.floor(wanted.length / 4));
  return names
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .filter((candidate) => candidate.distance <= allowed)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map((candidate) => candidate.name);
}

/** 0 where one is the beginning of the other up to a dash, else the number of typing errors in the compared lengths. */
function distance(wanted: string, name: string): number {
  if (name.startsWith(`${wanted}-`) || wanted.startsWith(`${name}-`)) return 0;
  return Math.min(editDistance(wanted, name), stem(wanted) === stem(name) ? 1 : Number.POSITIVE_INFINITY);
}

/** The part of a generated name (`web-7d4b8c6f9b-xyz12`) that a person chose. */
function stem(name: string): string {
  return name.replace(/(?:-[a-z0-9]{6,10})?-[a-z0-9]{5}$/, '');
}
