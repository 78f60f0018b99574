import { type Json, number, object, objects, present, text, texts } from '../fields.ts';
import { containers, names } from './parts.ts';

/** A controller of pods: how it finds them, what it makes, and how many there are. */
export function workload({ spec, status }: Json): object {
  const { template: ofPods, selector } = object(spec);
  const { replicas: made, readyReplicas } = object(status);
  return {
    spec: present({
      template: template(ofPods),
      selector: selectorOf(selector),
    }),
    status: present({ replicas: number(made), readyReplicas: number(readyReplicas) }),
  };
}

/** A pod template, by what decides a pull. */
export function template(value: unknown): object {
  const spec = object(object(value).spec);
  return {
    spec: present({
      containers: containers(spec.containers),
      initContainers: containers(spec.initContainers),
      imagePullSecrets: names(spec.imagePullSecrets),
      serviceAccountName: text(spec.serviceAccountName) ?? text(spec.serviceAccount),
      nodeSelector: texts(spec.nodeSelector),
    }),
  };
}

function selectorOf(value: unknown): object | undefined {
  const { matchLabels, matchExpressions } = object(value);
  if (matchLabels === undefined && matchExpressions === undefined) return texts(value);
  const expressions = objects(matchExpressions).map(({ key, operator, values }) => ({
    key: text(key) ?? '',
    operator: text(operator) ?? '',
    values: Array.isArray(values) ? values.filter((one) => typeof one === 'string') : [],
  }));
  return present({ matchLabels: texts(matchLabels), matchExpressions: expressions.length === 0 ? undefined : expressions });
}
