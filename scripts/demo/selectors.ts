import type { KubernetesObject } from './objects.ts';

type Test = (object: KubernetesObject) => boolean;

/** A field selector (`spec.nodeName=node1,status.phase!=Failed`) as a test; absent fields are empty strings, as for the API server. */
export function fieldTest(selector: string): Test {
  const terms = selector
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const [, path = '', operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
      return (object: KubernetesObject) => (fieldOf(object, path) === value) === (operator !== '!=');
    });
  return (object) => terms.every((holds) => holds(object));
}

function fieldOf(object: KubernetesObject, path: string): string {
  let value: unknown = object;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return value === undefined || value === null ? '' : String(value);
}

/** A label selector with equality, sets and existence: `app=payment,tier in (web,api),!canary`. */
export function labelTest(selector: string): Test {
  const terms = selector
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter(Boolean)
    .map(labelTerm);
  return (object) => terms.every((holds) => holds(object.metadata.labels ?? {}));
}

function labelTerm(term: string): (labels: Readonly<Record<string, string>>) => boolean {
  const set = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(term);
  if (set) {
    const values = (set[3] ?? '').split(',').map((value) => value.trim());
    return (labels) => values.includes(labels[set[1] ?? ''] ?? '') === (set[2] === 'in');
  }
  const equality = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
  if (equality) return (labels) => (labels[equality[1]?.trim() ?? ''] === equality[3]?.trim()) === (equality[2] !== '!=');
  return term.startsWith('!') ? (labels) => !(term.slice(1) in labels) : (labels) => term in labels;
}
