import type { Rule } from './rule.ts';

/** A policy on the node does not let the image in, or its signatures could not be judged. */
export const signatureRules: readonly Rule[] = [
  {
    code: 'signature-rejected',
    confidence: 'certain',
    phrases: [
      'signaturevalidationfailed',
      'signature was required',
      'signatures were accepted',
      'rejected by policy',
      'signature for identity',
      'cryptographic signature',
      'invalid gpg signature',
      'image is not signed',
    ],
    patterns: [/\bimage verifier .{0,200}\bblocked\b/],
  },
  // signatures are fetched before they are judged: containers/image copy/single.go puts its words before what went wrong there, too
  {
    code: 'signature-rejected',
    confidence: 'certain',
    patterns: [/source image rejected: .{0,400}\b(?:signatures?|signed|policy|identity|key)\b/],
    when: ({ error }) => error.request === null && error.status === null,
  },
  {
    code: 'signature-rejected',
    confidence: 'likely',
    phrases: ['source image rejected', 'binary authorization', 'at least one public key to verify'],
    patterns: [/\bimage verifier .{0,200}\breturned error/],
    or: ['registry-unavailable', 'runtime-unavailable'],
  },
  // the policy file itself is broken or missing, and no image was looked at: containers/image signature/policy_config.go
  {
    code: 'signature-rejected',
    confidence: 'likely',
    when: ({ error, clause }) =>
      /\binvalid policy in\b/.test(clause) ||
      (error.stage !== 'unpack' &&
        error.stage !== 'create' &&
        /\bopen ‹path›"?: (?:no such file|permission denied)|\bno ‹name› file found/.test(clause) &&
        /\bpolicy\.json\b/.test(error.raw.slice(0, 8192))),
    or: ['runtime-unavailable'],
  },
  {
    code: 'signature-rejected',
    confidence: 'likely',
    phrases: [
      'failed to verify signature',
      'not signed by',
      'image not signed',
      'unsigned image',
      'parsing signature',
      'unrecognized signature format',
      'signature verification failed',
      'no signatures found',
      'signature is missing',
      'no matching signatures',
      'signature validation failed',
    ],
    when: ({ clause }) => !/\btoken|jwt|x509|acceptable ca/.test(clause),
  },
];
