import type { Evidence } from '../../values/evidence.ts';

const steps = ['describe', 'events', 'spec', 'secrets', 'node'] as const;

/**
 * Whether less could be read than a moment ago of the same pods: an API server that comes up or goes down answers some questions and not
 * others, and what it then does not say is no change.
 */
export function isPoorer(before: readonly Evidence[], now: readonly Evidence[]): boolean {
  return now.some((item) => {
    const known = before.find(({ pod }) => pod.uid === item.pod.uid);
    return known !== undefined && steps.some((step) => known[step].outcome === 'done' && item[step].outcome === 'unknown');
  });
}
