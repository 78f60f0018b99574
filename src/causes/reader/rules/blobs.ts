import type { Rule } from './rule.ts';

/** A layer or config that the manifest names is missing. */
export const blobRules: readonly Rule[] = [
  // what the registry gave for a manifest was a page: its digest is then looked for among the blobs
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    patterns: [/content descriptor "?‹\w+›"? \((?:text\/|application\/(?:json|xml|octet-stream)\b)/],
    or: ['mirror-misconfigured'],
  },
  {
    code: 'registry-blob-missing',
    confidence: 'certain',
    phrases: [
      'blob unknown',
      'blob_unknown',
      'unknown blob',
      'blobnotfound',

      'nosuchkey',
      'the specified key does not exist',
      'the specified blob does not exist',
    ],
    patterns: [
      /could not fetch content descriptor .{0,300} from remote: not found/,
      /\bblob "?‹\w+›"? not found/,
      /(?<!expected at ‹store›: )\bblob not found(?!: not found)/,
    ],
  },
  { code: 'registry-blob-missing', confidence: 'likely', stages: ['blob', 'config'], statuses: [404], or: ['registry-bad-response'] },
  {
    code: 'registry-blob-missing',
    confidence: 'likely',
    stages: ['blob', 'config'],
    patterns: [/\bnot found\b/],
    when: ({ clause }) => !/content at ‹\w+›\S{0,8} not found/.test(clause),
  },
];
