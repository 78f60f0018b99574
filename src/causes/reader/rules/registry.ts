import { type Rule, word } from './rule.ts';

const upstreamError = /"detail\\{0,8}" ?: ?\{\\{0,8}"Op\\{0,8}" ?: ?\\{0,8}"(?:Get|Head|Post)/;

/** A pull-through cache whose upstream fails: Harbor proxy projects, ECR pull-through cache, Artifactory and Nexus remotes. */
export const upstreamRules: readonly Rule[] = [
  {
    code: 'proxy-cache-upstream',
    confidence: 'likely',
    phrases: [
      'pull through cache',
      'pull-through cache',
      'pullthroughcache',
      'upstream registry',
      'remote registry',
      'from upstream',
      'proxy cache',
      'proxied registry',
      'upstream image',
      'failed to pull from upstream',
      'upstream repository',
    ],
  },
  // distribution as a pull-through cache puts Go's url.Error into the detail of its own error
  {
    code: 'proxy-cache-upstream',
    confidence: 'likely',
    when: ({ error }) => upstreamError.test(error.raw.slice(0, 8192)),
    or: ['manifest-not-found'],
  },
];

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

/** The registry or its token server is unwell. */
export const availabilityRules: readonly Rule[] = [
  // Harbor and distribution say it of one manifest or layer that they cannot read as well, caches of one that their upstream does not give
  {
    code: 'registry-unavailable',
    confidence: 'likely',
    statuses: [500],
    when: ({ error }) => error.stage !== 'token',
    or: ['registry-blob-missing', 'proxy-cache-upstream'],
  },
  {
    code: 'registry-unavailable',
    confidence: 'certain',
    statuses: [500, 501, 502, 503, 504, 505, 507, 508, 509, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599],
  },
  {
    code: 'registry-unavailable',
    confidence: 'likely',
    phrases: [
      'service unavailable',
      'internal server error',
      'bad gateway',
      'gateway timeout',
      'gateway time-out',
      'service temporarily unavailable',
      'unknown: internal',
      'unknown: unknown error',
      'temporarily unavailable',
      'under maintenance',
      'upstream connect error',
      'no healthy upstream',
      'unavailable: service',
      'registry is in read-only',
      'unknown: database',
      'server error',
    ],
    patterns: [word('unavailable: ')],
  },
];

/** What answers is not a registry. */
export const answerRules: readonly Rule[] = [
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    phrases: [
      "can't talk to a v1 ",
      'unexpected media type text/html',
      'unexpected media type "text/html',
      'unexpected media type text/plain',
      'unexpected media type application/json',
      'unexpected media type application/octet-stream',
      'unexpected media type application/xml',
      'error parsing http',
      'stopped after 10 redirects',
      'malformed http response',
      'malformed response from server',
      'malformed chunked',
      'header list too large',
      'frame too large',
      'bad content-length',
      'invalid content-length',
      'server replied with more',
      'malformed http status',
      'malformed http version',
      'unable to decode token response',
      'decoding bearer token',
      'did not include a token',
      'no realm specified',
      'missing realm',
      'invalid token auth challenge',
      'not a valid digest',
      'byte manifest for',
      'unhandled content range',
      'unable to discard to offset',
      'failed to discard to offset',
      'server response headers exceeded',
      'unsupported content-encoding',
      'failed to find supported auth scheme',
      "invalid character '<'",
      'invalid character <',
      '<html',
      '<!doctype',
      'missing docker-content-digest',
      'response did not include',
      'unexpected end of json input',
      'content size of zero',
      'location header',
      'unsupported protocol scheme',
      'empty response',
      'missing content-length',
      'could not determine the length',
      'manifest is empty',
      'content range requests ignored',
      'no error details found in http response',
      'missing "‹name›" header',
      'invalid negative "‹name›"',
      'content-range',
      'invalid number of chunks',
      'could not find boundary',
      'no longer supported. please contact admins of registry',
      'no token in bearer response',
      'realm scheme',
      'realm host',
      'unknown response content-length',
      'mismatch content-length',
      'empty token returned',
      'mismatch response content-type',
      'invalid empty content-length',
      'multiple content-length headers',
      'response with end_stream flag',
      'headers after end_stream',
      'response header list larger',
      'looked like an http/1.1 header',
      'unexpected alpn protocol',
      'chunk length',
      'chunked line',
      'malformed mime header',
    ],
    or: ['mirror-misconfigured'],
  },
  { code: 'unsupported-manifest', confidence: 'likely', phrases: ['unexpected media type'], or: ['registry-bad-response'] },
];

/** Statuses that a registry has no reason for. */
export const badResponseRules: readonly Rule[] = [
  {
    code: 'registry-bad-response',
    confidence: 'likely',
    statuses: [300, 301, 302, 303, 307, 308, 400, 402, 405, 406, 409, 410, 411, 413, 414, 415, 416, 417, 418, 421, 422, 423, 426],
  },
];
