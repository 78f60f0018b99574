import type { Placement } from '../../values/check.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, objects, text } from '../json.ts';
import type { RawNode } from '../kubernetes.ts';
import { holds, keyOf, type Term, termOf, termWords } from './affinity.ts';

/**
 * What a pod's spec demands of its node, as far as it is written there: all of these. Taints, resources and affinities to other pods are
 * not weighed.
 */
export interface NodeDemands {
  /** spec.nodeName: the scheduler is passed over. */
  readonly nodeName: string | null;
  /** spec.nodeSelector, and spec.os.name, without which the kubelet does not admit the pod. */
  readonly labels: Readonly<Record<string, string>>;
  /** The terms of the required node affinity, of which one is enough. null: there is none. */
  readonly terms: readonly Term[] | null;
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

const mostValues = 5;

function valuesOf(nodes: readonly RawNode[], key: string): readonly string[] {
  return [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[key] ?? []))].sort().slice(0, mostValues);
}
