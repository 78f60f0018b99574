/**
 * Why what stands in a manifest in place of an image's name is none yet. `template`: Helm's or another's; `variable`: of a shell or of
 * envsubst.
 */
export type Unwritten = 'missing' | 'template' | 'variable';

/** null: it is a name, good or bad. No image's name has braces or a dollar sign in it. */
export function unwritten(image: string): Unwritten | null {
  if (image === '') return 'missing';
  if (/\{\{|\}\}|\{%|<%/.test(image)) return 'template';
  return /\$(?:[A-Za-z_{(])/.test(image) ? 'variable' : null;
}
