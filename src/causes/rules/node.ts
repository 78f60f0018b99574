import { alternative } from '../tell-apart.ts';
import type { Rule } from './rule.ts';

/** What the node's own state adds. */
export const node: Rule = (view, finding) => {
  if (finding?.code === 'never-pull' && mayBeHidden(view.node?.kubelet, view.node?.imagesPresent.length ?? 0)) {
    return { ...finding, confidence: 'likely', alternatives: [alternative('auth-required')] };
  }
  const pressure = view.node?.conditions.some((condition) => condition.type === 'DiskPressure' && condition.status === 'True');
  if (!finding && pressure) return { code: 'disk-full', confidence: 'possible', alternatives: [] };
  return finding;
};

/** From 1.35 on the kubelet says "not present" also of an image that this pod's credentials may not use (KEP-2535; error-messages 1.5). */
function mayBeHidden(kubelet: string | undefined, present: number): boolean {
  const minor = Number(/^v?1\.(\d+)/.exec(kubelet ?? '')?.[1] ?? 0);
  return minor >= 35 && present > 0;
}
