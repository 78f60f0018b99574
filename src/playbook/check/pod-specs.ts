import type { ImageUse } from '../../values/check.ts';
import type { ContainerKind } from '../../values/evidence.ts';

/** A pod that some manifest would make: what decides how its images are pulled. */
export interface PlannedPod {
  readonly kind: string;
  readonly name: string;
  /** null: whichever the user is in. */
  readonly namespace: string | null;
  readonly images: readonly { readonly image: string; readonly kind: ContainerKind; readonly container: string }[];
  readonly pullSecrets: readonly string[];
  readonly serviceAccount: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
}

export type Json = Readonly<Record<string, unknown>>;

/** No manifest is nested deeper; an alias of YAML may even lead in a circle. */
const deepest = 60;

/** The objects in the documents of manifests: lists are taken apart. What is no object is left out. */
export function objectsIn(documents: readonly unknown[]): readonly Json[] {
  return documents.filter(isObject).flatMap((document) => {
    const isList = typeof document.kind === 'string' && document.kind.endsWith('List') && Array.isArray(document.items);
    return isList ? objectsIn(document.items as unknown[]) : [document];
  });
}

/**
 * Every pod that an object would make, found by shape rather than by kind: whatever holds `containers` with images is a pod's spec, in a Deployment, a
 * CronJob, or the template of a custom resource.
 */
export function plannedPods(object: Json): readonly PlannedPod[] {
  if (object.kind === 'CustomResourceDefinition') return [];
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const named = { kind: text(object.kind) ?? 'Object', name: text(metadata.name) ?? text(metadata.generateName) ?? '' };
  return podSpecsIn(object, new Set(), 0).map((spec) => ({
    ...named,
    namespace: text(metadata.namespace),
    images: imagesOf(spec),
    pullSecrets: objects(spec.imagePullSecrets).flatMap(({ name }) => text(name) ?? []),
    serviceAccount: text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default',
    nodeSelector: labels(spec.nodeSelector),
  }));
}

export function useOf({ kind, name }: PlannedPod, container: string): ImageUse {
  return { kind, name, container };
}

function podSpecsIn(value: unknown, seen: Set<unknown>, depth: number): readonly Json[] {
  if (typeof value !== 'object' || value === null || seen.has(value) || depth > deepest) return [];
  seen.add(value);
  if (isPodSpec(value)) return [value];
  return Object.values(value).flatMap((child) => podSpecsIn(child, seen, depth + 1));
}

function isPodSpec(value: unknown): value is Json {
  return isObject(value) && objects(value.containers).some(({ image }) => text(image) !== null);
}

const containerFields: readonly (readonly [field: string, kind: ContainerKind])[] = [
  ['initContainers', 'initContainer'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeralContainer'],
];

function imagesOf(spec: Json): PlannedPod['images'] {
  const containers = containerFields.flatMap(([field, kind]) =>
    objects(spec[field]).flatMap(({ name, image }) => {
      const written = text(image);
      return written === null ? [] : [{ image: written, kind, container: text(name) ?? '' }];
    }),
  );
  const volumes = objects(spec.volumes).flatMap(({ name, image }) => {
    const written = isObject(image) ? text(image.reference) : null;
    return written === null ? [] : [{ image: written, kind: 'imageVolume' as const, container: text(name) ?? '' }];
  });
  return [...containers, ...volumes];
}

function labels(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, label]) => [key, String(label)])) : {};
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
