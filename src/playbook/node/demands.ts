import type { Placement } from '../../values/check.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, objects, text } from '../json.ts';
import type { RawNode } from '../kubernetes.ts';

/** What a pod's spec demands of its node, as far as it is written there: all of these. Taints, resources and affinities to other pods are not weighed. */
export interface NodeDemands {
  /** spec.nodeName: the scheduler is passed over. */
  readonly nodeName: string | null;
  /** spec.nodeSelector, and spec.os.name, without which the kubelet does not admit the pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The terms of the required node affinity, of which one is enough. null: there is none. */
  readonly terms: readonly Term[] | null;
}

/** Every expression of it must hold; without any it holds nowhere. */
type Term = readonly Expression[];

interface Expression {
  /** A label; or a field, of which there is `metadata.name` alone. */
  readonly key: string;
  readonly field: boolean;
  readonly operator: string;
  readonly values: readonly string[];
}

export const anyNode: NodeDemands = { nodeName: null, labels: {}, terms: null };

export function demandsOf(spec: Json): NodeDemands {
  const os = text(fieldsOf(spec.os).name);
  const required = fieldsOf(fieldsOf(spec.affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution;
  const terms = objects(fieldsOf(required).nodeSelectorTerms);
  const selector = Object.entries(fieldsOf(spec.nodeSelector)).map(([key, value]) => [key, String(value)]);
  return {
    nodeName: text(spec.nodeName),
    labels: { ...(os && { 'kubernetes.io/os': os }), ...Object.fromEntries(selector) },
    terms: required === undefined || required === null ? null : terms.map(termOf),
  };
}

function termOf(term: Json): Term {
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

/** The nodes that meet every demand. */
export function fittingNodes(nodes: readonly RawNode[], demands: NodeDemands): readonly RawNode[] {
  return nodes.filter((node) => demandList(demands).every(({ met }) => met(node)));
}

/** What is demanded, and which of it no node meets. */
export function placementOf(nodes: readonly RawNode[], demands: NodeDemands): Placement | null {
  const list = demandList(demands);
  if (list.length === 0) return null;
  return {
    fitting: fittingNodes(nodes, demands).length,
    nodes: nodes.length,
    demands: list.map(({ words, key, met }) => {
      const none = !nodes.some(met);
      return { text: words, none, have: none && key !== null ? valuesOf(nodes, key) : [] };
    }),
  };
}

interface Demand {
  readonly words: string;
  /** The label that it is about; null: it is about several, or the name. */
  readonly key: string | null;
  met(node: RawNode): boolean;
}

function demandList({ nodeName, labels, terms }: NodeDemands): readonly Demand[] {
  const named: readonly Demand[] =
    nodeName === null ? [] : [{ words: `the name ${nodeName}`, key: null, met: ({ metadata }) => metadata.name === nodeName }];
  const selected = Object.entries(labels).map(
    ([key, value]): Demand => ({ words: `${key}=${value}`, key, met: ({ metadata }) => metadata.labels?.[key] === value }),
  );
  const affinity: readonly Demand[] =
    terms === null ? [] : [{ words: termWords(terms), key: keyOf(terms), met: (node) => terms.some((term) => holds(term, node)) }];
  return [...named, ...selected, ...affinity];
}

/** An empty term matches no node (component-helpers, scheduling/corev1/nodeaffinity). */
function holds(term: Term, node: RawNode): boolean {
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

function termWords(terms: readonly Term[]): string {
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

function keyOf(terms: readonly Term[]): string | null {
  const [first, ...others] = terms.flat();
  return first && !first.field && others.length === 0 ? first.key : null;
}

const mostValues = 5;

function valuesOf(nodes: readonly RawNode[], key: string): readonly string[] {
  return [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))].sort().slice(0, mostValues);
}
