import { type Json, number, object, objects, present, text, texts } from './fields.ts';
import type { SavedKind } from './kinds.ts';
import { slimSecret } from './secret.ts';

/** An object of the file with the fields that the playbook reads and no others, each of the type that it has in the API. */
export interface SavedObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: unknown;
}

const parts: Readonly<Record<SavedKind, (item: Json) => object>> = {
  Pod: (item) => ({ spec: podSpec(item.spec), status: podStatus(item.status) }),
  Event: event,
  Node: node,
  Secret: slimSecret,
  ServiceAccount: ({ imagePullSecrets }) => ({ imagePullSecrets: names(imagePullSecrets) }),
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Job: workload,
  CronJob: workload,
  ReplicationController: workload,
  ControllerRevision: ({ revision, data }) => ({
    revision: number(revision),
    data: { spec: { template: template(object(object(data).spec).template) } },
  }),
};

/** What is kept of an object; null where it has no name. Everything else in it (environment, arguments, annotations) may hold secrets and is let go. */
export function slim(kind: SavedKind, item: Json): SavedObject | null {
  const meta = object(item.metadata);
  const name = text(meta.name);
  if (name === undefined) return null;
  const isOfCluster = kind === 'Node';
  const namespace = isOfCluster ? undefined : (text(meta.namespace) ?? 'default');
  const revision = text(object(meta.annotations)['deployment.kubernetes.io/revision']);
  const metadata = present({
    name,
    namespace,
    uid: text(meta.uid) ?? `${namespace ?? ''}/${name}`,
    creationTimestamp: text(meta.creationTimestamp),
    deletionTimestamp: text(meta.deletionTimestamp),
    resourceVersion: kind === 'Event' ? text(meta.resourceVersion) : undefined,
    labels: kind === 'Event' ? undefined : texts(meta.labels),
    annotations: revision === undefined ? undefined : { 'deployment.kubernetes.io/revision': revision },
    ownerReferences: kind === 'Event' ? undefined : owners(meta.ownerReferences),
  });
  return { metadata: metadata as SavedObject['metadata'], ...present(parts[kind](item)) };
}

function owners(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ apiVersion, kind, name, uid, controller }) =>
    present({
      apiVersion: text(apiVersion) ?? '',
      kind: text(kind) ?? '',
      name: text(name) ?? '',
      uid: text(uid) ?? '',
      controller: controller === true || undefined,
    }),
  );
  return known.length === 0 ? undefined : known;
}

function names(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name }) => (text(name) === undefined ? [] : [{ name: text(name) }]));
  return known.length === 0 ? undefined : known;
}

function podSpec(value: unknown): object {
  const spec = object(value);
  return present({
    nodeName: text(spec.nodeName),
    activeDeadlineSeconds: number(spec.activeDeadlineSeconds),
    serviceAccountName: text(spec.serviceAccountName) ?? text(spec.serviceAccount),
    nodeSelector: texts(spec.nodeSelector),
    imagePullSecrets: names(spec.imagePullSecrets),
    containers: containers(spec.containers) ?? [],
    initContainers: containers(spec.initContainers),
    ephemeralContainers: containers(spec.ephemeralContainers),
    volumes: imageVolumes(spec.volumes),
  });
}

function containers(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name, image, imagePullPolicy, restartPolicy, volumeMounts }) => {
    const own = text(name);
    if (own === undefined) return [];
    const mounts = names(volumeMounts);
    return [
      present({
        name: own,
        image: text(image),
        imagePullPolicy: text(imagePullPolicy),
        restartPolicy: text(restartPolicy),
        volumeMounts: mounts,
      }),
    ];
  });
  return known.length === 0 ? undefined : known;
}

function imageVolumes(value: unknown): readonly object[] | undefined {
  const known = objects(value).flatMap(({ name, image }) => {
    const { reference, pullPolicy } = object(image);
    const own = text(name);
    if (own === undefined || text(reference) === undefined) return [];
    return [{ name: own, image: present({ reference: text(reference), pullPolicy: text(pullPolicy) }) }];
  });
  return known.length === 0 ? undefined : known;
}

function podStatus(value: unknown): object {
  const status = object(value);
  return present({
    phase: text(status.phase),
    reason: text(status.reason),
    message: text(status.message),
    conditions: conditions(status.conditions),
    containerStatuses: statuses(status.containerStatuses),
    initContainerStatuses: statuses(status.initContainerStatuses),
    ephemeralContainerStatuses: statuses(status.ephemeralContainerStatuses),
  });
}

function conditions(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ type, status, reason, message, lastTransitionTime }) =>
    present({
      type: text(type) ?? '',
      status: text(status) ?? '',
      reason: text(reason),
      message: text(message),
      lastTransitionTime: text(lastTransitionTime),
    }),
  );
  return known.length === 0 ? undefined : known;
}

function statuses(value: unknown): readonly object[] | undefined {
  const known = objects(value).map(({ name, image, imageID, containerID, ready, restartCount, state, lastState }) =>
    present({
      name: text(name) ?? '',
      image: text(image),
      imageID: text(imageID),
      containerID: text(containerID),
      ready: typeof ready === 'boolean' ? ready : undefined,
      restartCount: number(restartCount),
      state: containerState(state),
      lastState: containerState(lastState),
    }),
  );
  return known.length === 0 ? undefined : known;
}

function containerState(value: unknown): object | undefined {
  const { waiting, running, terminated } = object(value);
  if (typeof waiting === 'object' && waiting !== null) {
    const { reason, message } = object(waiting);
    return { waiting: present({ reason: text(reason), message: text(message) }) };
  }
  if (typeof running === 'object' && running !== null) return { running: present({ startedAt: text(object(running).startedAt) }) };
  if (typeof terminated !== 'object' || terminated === null) return undefined;
  const { reason, message, exitCode, startedAt, finishedAt } = object(terminated);
  return {
    terminated: present({
      reason: text(reason),
      message: text(message),
      exitCode: number(exitCode),
      startedAt: text(startedAt),
      finishedAt: text(finishedAt),
    }),
  };
}

function event(item: Json): object {
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

function node({ spec, status }: Json): object {
  const { nodeInfo, images, conditions: all } = object(status);
  const info = object(nodeInfo);
  const listed = objects(images).map(({ names }) => ({
    names: Array.isArray(names) ? names.slice(0, 20).filter((name) => typeof name === 'string') : [],
  }));
  return {
    spec: present({ providerID: text(object(spec).providerID) }),
    status: present({
      conditions: conditions(all),
      images: listed,
      nodeInfo: present({
        operatingSystem: text(info.operatingSystem),
        architecture: text(info.architecture),
        kubeletVersion: text(info.kubeletVersion),
        containerRuntimeVersion: text(info.containerRuntimeVersion),
      }),
    }),
  };
}

function workload({ spec, status }: Json): object {
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

function template(value: unknown): object {
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
