import type { CauseCode } from '../values/cause-code.ts';
import { catalogue } from './catalogue.ts';

/** Families whose causes are the registry's own words: whoever heard them reached it. */
const answered = new Set(['reference', 'credentials', 'rate', 'registry', 'content']);

/** Of these the kubelet or the runtime decided before a registry was asked. */
const unasked: ReadonlySet<CauseCode> = new Set([
  'invalid-image-name',
  'short-name-unresolved',
  'pull-secret-malformed',
  'signature-rejected',
]);

/** Whether a registry has been asked, and has answered, where this is the cause. */
export function isAnswer(code: CauseCode): boolean {
  return answered.has(catalogue[code].family) && !unasked.has(code);
}
