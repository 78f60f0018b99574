import { type Json, number, object, objects, present, text, texts } from '../fields.ts';
import { conditions, containers, names } from './parts.ts';

/** A controller of pods: how it finds them, and what it makes. */
export function workload({ spec, status }: Json): object {
  const { replicas, suspend, template: made, selector } = object(spec);
  const { conditions: all, desiredNumberScheduled, readyReplicas, succeeded, lastScheduleTime } = object(status);
  return {
    spec: present({
      replicas: number(replicas),
      suspend: suspend === true || undefined,
      template: template(made),
      selector: selectorOf(selector),
    }),
    status: present({
      conditions: conditions(all),
      desiredNumberScheduled: number(desiredNumberScheduled),
      readyReplicas: number(readyReplicas),
      succeeded: number(succeeded),
      lastScheduleTime: text(lastScheduleTime),
    }),
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
