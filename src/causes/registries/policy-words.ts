import { clip } from '../../words/text.ts';
import { read } from '../reader/read.ts';
import type { ImageView } from '../view.ts';

/**
 * What the registry told this workstation of a policy that forbids the image, in words that mean nothing else; null: nothing of the kind. A
 * policy is the same for all who ask.
 */
export function policyWords({ registry }: ImageView): string | null {
  const exchanges = registry?.attempts.flatMap((attempt) => attempt.exchanges) ?? [];
  const errors = exchanges.filter(({ status }) => status !== null && status >= 400).flatMap((exchange) => exchange.errors);
  const words = errors.map(({ code, message }) => `${code}: ${message}`).find(isPolicy);
  return words === undefined ? null : clip(words, 300).replace(/\.+$/, '');
}

function isPolicy(words: string): boolean {
  const { code, confidence } = read(words);
  return code === 'registry-policy-blocked' && confidence === 'certain';
}
