import { count } from './amounts.ts';

type Mistake =
  | { readonly what: 'digest-length'; readonly algorithm: string; readonly digits: number; readonly wanted: number }
  | { readonly what: 'two-tags'; readonly tags: readonly [string, string] };

/** `its sha256 digest has 3 digits instead of 64`: what is wrong with the name of an image, in a clause. */
export function mistakeWords(mistake: Mistake): string {
  switch (mistake.what) {
    case 'digest-length':
      return `its ${mistake.algorithm} digest has ${count(mistake.digits, 'digit')} instead of ${mistake.wanted}`;
    case 'two-tags':
      return `it has two tags, ${mistake.tags.join(' and ')}`;
  }
}
