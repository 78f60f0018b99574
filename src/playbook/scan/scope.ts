import { namespaced } from '../subject/workload.ts';

/** Which pods a scan looks at. */
export interface Scope {
  /** null: all of them. */
  readonly namespace: string | null;
  readonly selector: string | undefined;
  readonly node: string | undefined;
}

/** `/api/v1/pods`, or that of the namespace. */
export function collectionPath(namespace: string | null, plural: string): string {
  return namespace === null ? `/api/v1/${plural}` : namespaced('/api/v1', namespace, plural);
}

/** A field selector of several parts; undefined where all are. */
export function fields(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter((part) => part !== undefined && part !== '').join(',') || undefined;
}
