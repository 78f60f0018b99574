import { object } from './fields.ts';
import type { SavedObject } from './slim.ts';

/** Whether an object is of a field selector (`spec.nodeName!=node1,involvedObject.uid=…`), as the API server reads it. */
export function hasFields(selector: string | undefined, kept: SavedObject): boolean {
  return (selector ?? '')
    .split(',')
    .filter((term) => term !== '')
    .every((term) => {
      const [, path = '', operator = '', wanted = ''] = /^([^!=]+)(!=|==?)(.*)$/.exec(term) ?? [];
      const value = path.split('.').reduce<unknown>((at, part) => object(at)[part], kept);
      return (String(value ?? '') === wanted) === (operator !== '!=');
    });
}

/** Whether labels are of a label selector (apimachinery pkg/labels): `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function hasLabels(selector: string | undefined, labels: Readonly<Record<string, string>> = {}): boolean {
  return termsOf(selector ?? '').every((term) => holds(term.trim(), labels));
}

function termsOf(selector: string): readonly string[] {
  return selector.split(/,(?![^(]*\))/).filter((term) => term.trim() !== '');
}

function holds(term: string, labels: Readonly<Record<string, string>>): boolean {
  const among = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(term);
  if (among) {
    const [, key = '', operator, list = ''] = among;
    const value = labels[key];
    const isIn = value !== undefined && list.split(',').some((one) => one.trim() === value);
    return isIn === (operator === 'in');
  }
  const equal = /^([^!=\s]+)\s*(!=|==?)\s*(.*)$/.exec(term);
  if (equal) {
    const [, key = '', operator, wanted] = equal;
    return (labels[key] === wanted) === (operator !== '!=');
  }
  return term.startsWith('!') ? labels[term.slice(1).trim()] === undefined : labels[term] !== undefined;
}
