import type { ContainerFacts } from '../../values/evidence.ts';

/**
 * The API server fills the policy in; where it is absent all the same: `Always` for `latest`, else `IfNotPresent`
 * (pkg/apis/core/v1/defaults.go).
 */
export function pullPolicy(written: string | undefined, image: string): ContainerFacts['pullPolicy'] {
  if (written === 'Always' || written === 'IfNotPresent' || written === 'Never') return written;
  const name = image.slice(image.lastIndexOf('/') + 1);
  return name.endsWith(':latest') || !/[:@]/.test(name) ? 'Always' : 'IfNotPresent';
}
