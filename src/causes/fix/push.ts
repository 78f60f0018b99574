import type { Fix } from '../../values/verdict.ts';
import { shellQuote } from '../../words/shell.ts';
import type { ImageView } from '../view.ts';
import { setImage } from './workload.ts';

/** Whether the pod names its image by a digest: another content gets another one. */
export function isPinned({ container }: ImageView): boolean {
  return container.image.includes('@');
}

/** The image as it can be pushed, for a shell: by a tag, as nothing is pushed by a digest. */
export function pushName({ container }: ImageView, scheme = ''): string {
  const name = container.image.replace(/@.*$/, '');
  const isTagged = /:[^/:]+$/.test(name);
  return shellQuote(`${scheme}${name}${isTagged || name === container.image ? '' : ':TAG'}`);
}

/** What makes other content of the image; where the pod has it by its digest, its new one is named too. */
export function makeAnew(view: ImageView, title: string, command: string): Fix {
  if (!isPinned(view)) return { title, commands: [command] };
  const renamed = `${view.container.image.replace(/@.*$/, '')}@sha256:DIGEST`;
  const named = setImage(view, renamed, `${title}, and name the digest that it then has`);
  return { title: named.title, commands: [command, ...named.commands] };
}
