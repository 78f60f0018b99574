import { type Json, objects, text } from '../json.ts';
import type { RawNode } from '../kubernetes.ts';

/** Every expression of it must hold; without any it holds nowhere. */
export type Term = readonly Expression[];

interface Expression {
  /** A label; or a field, of which there is `metadata.name` alone. */
  readonly key: string;
  readonly field: boolean;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A term of the required node affinity, as it stands in the spec: its labels, then its fields. */
export function termOf(term: Json): Term {
  const expressions = (field: boolean) =>
    objects(term[field ? 'matchFields' : 'matchExpressions']).map(
      ({ key, operator, values }): Expression => ({
        key: text(key) ?? '',
        field,
        operator: text(operator) ?? '',
        values: Array.isArray(values) ? values.map(String) : [],
      }),
    );
  return [...expressions(false), ...expressions(true)];
}

/** An empty term matches no node (component-helpers, scheduling/corev1/nodeaffinity). */
export function holds(term: Term, node: RawNode): boolean {
  return term.length > 0 && term.every((expression) => isTrue(expression, node));
}

/** As in apimachinery's labels.Requirement.Matches: NotIn holds too where the label is not there, Gt and Lt only between whole numbers. */
function isTrue({ key, field, operator, values }: Expression, { metadata }: RawNode): boolean {
  const value = field ? metadata.name : metadata.labels?.[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isWhole(value) && isWhole(values[0]) && BigInt(value) > BigInt(values[0]);
    case 'Lt':
      return isWhole(value) && isWhole(values[0]) && BigInt(value) < BigInt(values[0]);
    default:
      return false;
  }
}

function isWhole(value: string | undefined): value is string {
  return value !== undefined && /^-?\d{1,19}$/.test(value);
}

/** The terms as a person reads them. */
export function termWords(terms: readonly Term[]): string {
  return terms.length === 0 ? 'a node affinity without terms' : terms.map((term) => term.map(words).join(',')).join(' or ');
}

/** In the notation of label selectors. */
function words({ key, operator, values }: Expression): string {
  const list = values.length === 1 ? values[0] : `(${values.join(',')})`;
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${list}` : `${key} in ${list}`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${list}` : `${key} notin ${list}`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${list}`;
    case 'Lt':
      return `${key}<${list}`;
    default:
      return `${key} ${operator} ${list}`;
  }
}

/** The one label that all terms together are about; null: several, or the name. */
export function keyOf(terms: readonly Term[]): string | null {
  const [first, ...others] = terms.flat();
  return first && !first.field && others.length === 0 ? first.key : null;
}
