import { hideSecrets } from '../values/hide-secrets.ts';

/** Longer than any message seen from a kubelet, short enough to keep. */
const longest = 16_384;

/**
 * What a server says, fit for the evidence: without what may be a secret, and capped. The beginning and the end are kept, where messages of
 * wrapped errors hold what matters; of a text that is cut, words that were cut too are left out, for of a part it is not known what it is.
 */
export function shorten(text: string, limit = longest): string {
  if (text.length <= longest) return cut(hideSecrets(text), limit);
  const start = text.slice(0, longest / 2).replace(/[^\s"']*$/, '');
  const end = text.slice(-longest / 2).replace(/^[^\s"']*/, '');
  return cut(`${hideSecrets(start)} … ${hideSecrets(end)}`, limit);
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
