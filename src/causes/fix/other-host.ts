import type { Fix } from '../../values/verdict.ts';
import { clip } from '../../words/text.ts';
import { failingHost, theRegistry } from '../facts.ts';
import type { ImageView } from '../view.ts';

/** Where the failing host is not named by the image: whoever leads there is what may have it wrong. */
export function correctWhereItLeads(view: ImageView): Fix {
  return {
    title: `if that host is wrong, correct it where it is set: ${theRegistry(view)} leads its clients to ${clip(failingHost(view) ?? 'it')}${forWhat(view)}`,
    commands: [],
  };
}

function forWhat({ reading }: ImageView): string {
  switch (reading?.error.stage) {
    case 'token':
      return ' for a token (the realm that it names)';
    case 'blob':
    case 'config':
      return ' for what it stores (its redirect)';
    default:
      return '';
  }
}
