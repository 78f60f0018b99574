import { type Json, number, object, present, text } from '../fields.ts';

/** An event of either API: core/v1, or events.k8s.io with its `note`. */
export function event(item: Json): object {
  const { source, series, involvedObject } = item;
  const about = object(involvedObject);
  return {
    type: text(item.type),
    reason: text(item.reason),
    message: text(item.message) ?? text(item.note),
    count: number(item.count),
    firstTimestamp: text(item.firstTimestamp),
    lastTimestamp: text(item.lastTimestamp),
    eventTime: text(item.eventTime),
    series: present({ count: number(object(series).count), lastObservedTime: text(object(series).lastObservedTime) }),
    source: present({ component: text(object(source).component), host: text(object(source).host) }),
    reportingComponent: text(item.reportingComponent),
    involvedObject: present({
      kind: text(about.kind),
      namespace: text(about.namespace),
      name: text(about.name),
      uid: text(about.uid) ?? `${text(about.namespace) ?? 'default'}/${text(about.name) ?? ''}`,
      fieldPath: text(about.fieldPath),
    }),
  };
}
