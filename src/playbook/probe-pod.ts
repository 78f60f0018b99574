import type { RawMeta } from './kubernetes.ts';

const manager = { key: 'app.kubernetes.io/managed-by', value: 'kubectl-imagepull' } as const;
const namePrefix = 'imagepull-probe-';

export const probeSelector = `${manager.key}=${manager.value}`;

/** Both the label and the name: nothing else is ever deleted. */
export function isProbePod({ metadata }: { readonly metadata: RawMeta }): boolean {
  return metadata.labels?.[manager.key] === manager.value && metadata.name.startsWith(namePrefix);
}
