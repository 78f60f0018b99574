import * as words from '../../words/kubectl.ts';
import type { ImageView } from '../view.ts';

/** `kubectl -n NAMESPACE WORDS`, of the pod's namespace and in its cluster. */
export function kubectl(view: ImageView, ...more: readonly string[]): string {
  return kubectlAnywhere(view, '-n', view.pod.namespace, ...more);
}

/** The same for what is in no namespace, or in another. */
export function kubectlAnywhere({ evidence }: ImageView, ...more: readonly string[]): string {
  return words.kubectl(evidence.reachedBy, ...more);
}

/** `kubectl PLUGIN WORDS`, in the pod's cluster. */
export function kubectlPlugin({ evidence }: ImageView, plugin: string, ...more: readonly string[]): string {
  return words.kubectlPlugin(evidence.reachedBy, plugin, ...more);
}
