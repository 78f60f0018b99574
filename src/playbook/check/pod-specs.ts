import type { ImageUse } from '../../values/check.ts';
import type { ContainerKind } from '../../values/evidence.ts';
import { fieldsOf } from '../../values/json-object.ts';
import { type Json, objects, text } from '../json.ts';
import { demandsOf, type NodeDemands } from '../node/demands.ts';

/** A pod that some manifest would make: what decides how its images are pulled. */
export interface PlannedPod {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  /** null: whichever the user is in. */
  readonly namespace: string | null;
  readonly images: readonly PlannedImage[];
  readonly pullSecrets: readonly string[];
  readonly serviceAccount: string;
  readonly demands: NodeDemands;
}

export interface PlannedImage {
  /** Empty: there is none where one is wanted. */
  readonly image: string;
  readonly kind: ContainerKind;
  readonly container: string;
  /** Its pull policy is Never: it has to be on the node. */
  readonly neverPulled: boolean;
  /** From the object's root: `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** What stands there instead of text, as JSON, cut. Absent: text, or nothing. */
  readonly found?: string;
}

/** No manifest is nested deeper; an alias of YAML may even lead in a circle. */
const deepest = 60;

/** The objects in the documents of manifests: lists are taken apart. What is no object is left out. */
export function objectsIn(documents: readonly unknown[]): readonly Json[] {
  return objects(documents).flatMap((document) => {
    const isList = typeof document.kind === 'string' && document.kind.endsWith('List') && Array.isArray(document.items);
    return isList ? objectsIn(document.items as unknown[]) : [document];
  });
}

/**
 * Every pod that an object would make, found by shape rather than by kind: whatever holds `containers` with images is a pod's spec, in a
 * Deployment, a CronJob, or the template of a custom resource. Where Kubernetes itself knows the kind, also one whose containers all lack
 * their image.
 * @param file where the object is written
 */
export function plannedPods(object: Json, file = ''): readonly PlannedPod[] {
  if (object.kind === 'CustomResourceDefinition') return [];
  const metadata = fieldsOf(object.metadata);
  const about = {
    apiVersion: text(object.apiVersion) ?? '',
    kind: text(object.kind) ?? 'Object',
    name: text(metadata.name) ?? text(metadata.generateName) ?? '',
    file,
    namespace: text(metadata.namespace),
  };
  return podSpecsIn(object, '', new Set(), 0, workloads.has(about.kind)).map(({ spec, path }) => ({
    ...about,
    images: imagesOf(spec, path, about.kind === 'Pod'),
    pullSecrets: objects(spec.imagePullSecrets).flatMap(({ name }) => text(name) ?? []),
    serviceAccount: text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default',
    demands: demandsOf(spec),
  }));
}

export function useOf({ apiVersion, kind, name, file }: PlannedPod, { container, path, found }: PlannedImage): ImageUse {
  return { apiVersion, kind, name, container, path, file, ...(found !== undefined && { found }) };
}

/** The kinds of Kubernetes itself that are pods or make them. */
const workloads: ReadonlySet<string> = new Set([
  'Pod',
  'PodTemplate',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

interface Found {
  readonly spec: Json;
  /** Where it stands in the object, with a dot at its end; empty: it is the object. */
  readonly path: string;
}

function podSpecsIn(value: unknown, path: string, seen: Set<unknown>, depth: number, known: boolean): readonly Found[] {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > deepest) return [];
  seen.add(value);
  if (isPodSpec(value, known)) return [{ spec: value, path }];
  const step = (key: string) => (Array.isArray(value) ? `${path.slice(0, -1)}[${key}].` : `${path}${key}.`);
  return Object.entries(value).flatMap(([key, child]) => podSpecsIn(child, step(key), seen, depth + 1, known));
}

function isPodSpec(value: object, known: boolean): value is Json {
  const containers = objects((value as Json).containers);
  return known ? containers.length > 0 : containers.some(({ image }) => text(image) !== null);
}

const containerFields: readonly (readonly [field: string, kind: ContainerKind])[] = [
  ['initContainers', 'initContainer'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeralContainer'],
];

/** @param pod in a template, the image of a volume may be left to those who make the pods (as of 1.36) */
function imagesOf(spec: Json, path: string, pod: boolean): readonly PlannedImage[] {
  const containers = containerFields.flatMap(([field, kind]) =>
    objects(spec[field]).map(
      ({ name, image, imagePullPolicy }, index): PlannedImage => ({
        ...written(image),
        kind,
        neverPulled: imagePullPolicy === 'Never',
        container: text(name) ?? '',
        path: `${path}${field}[${index}].image`,
      }),
    ),
  );
  const volumes = objects(spec.volumes).flatMap(({ name, image }, index): readonly PlannedImage[] => {
    if (typeof image !== 'object' || image === null) return [];
    const { reference, pullPolicy } = image as Json;
    if (written(reference).image === '' && !pod) return [];
    return [
      {
        ...written(reference),
        kind: 'imageVolume',
        container: text(name) ?? '',
        neverPulled: pullPolicy === 'Never',
        path: `${path}volumes[${index}].image.reference`,
      },
    ];
  });
  return [...containers, ...volumes];
}

const longestFound = 60;

/** What is no text (`image: 1.5`) is no image either. */
function written(image: unknown): Pick<PlannedImage, 'image' | 'found'> {
  if (typeof image === 'string' || image === null || image === undefined) return { image: image ?? '' };
  return { image: '', found: JSON.stringify(image).slice(0, longestFound) };
}
