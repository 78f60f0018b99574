import type { ImageView } from './view.ts';

/**
 * Who fails and who does not, by the pods that use images of the same registry. `node`: several images fail on this node, none works, and elsewhere they
 * work; `registry`: they fail on this node and on others, and work nowhere; `image`: others of this registry work here. null: too few to tell.
 * Images in use may have been pulled long ago, so this supports a cause and never proves one.
 */
export function spreadOf({ neighbours }: ImageView): 'node' | 'registry' | 'image' | null {
  if (!neighbours) return null;
  const { sameRegistryHere: here, sameRegistryElsewhere: there } = neighbours;
  if (here.works > 0) return 'image';
  if (there.works > 0 && there.fails === 0) return 'node';
  return there.works === 0 && there.fails > 0 ? 'registry' : null;
}
