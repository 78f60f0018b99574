import type { RawMeta } from './kubernetes.ts';

/** What `kubectl get` asks for (meta.k8s.io/v1 Table): rows instead of objects, a tenth of the size. */
export const tableType = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export interface Table {
  readonly columnDefinitions?: readonly { readonly name: string }[] | null;
  /** `object`: as much of it as was asked for by `includeObject`. */
  readonly rows?: readonly { readonly cells: readonly unknown[]; readonly object?: { readonly metadata?: RawMeta } | null }[] | null;
}
