import type { Rule } from './rule.ts';

/** An image without an index is pulled whatever its platform is; its program then does not start. */
export const startRules: readonly Rule[] = [
  { code: 'unsupported-manifest', confidence: 'possible', phrases: ['no command specified'], or: ['none'] },
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    phrases: ['does not match the detected host platform', 'does not match the host'],
  },
  // a script without its first line #!, or a damaged program, says the same
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    phrases: ['exec format error'],
    or: ['none'],
  },
];
