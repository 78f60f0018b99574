import { type Rule, word } from './rule.ts';

/**
 * The name cannot be parsed: kubelet pkg/util/parsers, distribution/reference regexps, opencontainers/go-digest, containerd pkg/reference.
 */
export const nameRules: readonly Rule[] = [
  {
    code: 'short-name-unresolved',
    confidence: 'certain',
    phrases: [
      'short name mode is enforcing',
      'did not resolve to an alias',
      'short-name resolution enforced',
      'returns ambiguous list',
      'no containers-registries.conf(5) was found',
      'cannot prompt without a tty',
      'no unqualified-search registries',
      'no registries configured',
      'unqualified image',
    ],
    patterns: [/\bshort-name alias "?‹?\w+›?"? not found/],
  },
  {
    code: 'invalid-image-name',
    confidence: 'certain',
    phrases: [
      "couldn't parse image reference",
      "couldn't parse image name",
      'invalid reference format',
      'failed to apply default image tag',
      'failed to parse image reference',
      'could not parse image reference',
      'repository name must be lowercase',
      'repository name must have at least one component',
      'repository name must not be more than',
      'repository name must not be longer than',
      'invalid repository name',
      'invalid tag format',
      'invalidimagename',
      'cannot specify 64-byte hexadecimal strings',
      'is not a valid image reference',
      'not a valid repository/tag',
      'invalid image name',
      'invalid image reference',
      'could not parse reference',
      'repository can only contain the characters',
      'docker references with both a tag and digest are currently not supported',
    ],
    patterns: [/repository name \S+ must be lowercase/, /: (?:object required|hostname required|invalid reference)$/],
  },
  // Google's registry, of a token that was given for another repository
  { code: 'registry-bad-response', confidence: 'likely', phrases: ['does not match bearer token resource'], or: ['auth-rejected'] },
  {
    code: 'invalid-image-name',
    confidence: 'likely',
    phrases: ['must not have leading or trailing whitespace', 'failed to parse image', 'no image specified'],
    patterns: [word('name invalid'), word('name_invalid')],
    when: ({ clause }) => !clause.includes('image_pull_progress_timeout'),
  },
  // the digest of the reference, or one that the registry gave
  {
    code: 'invalid-image-name',
    confidence: 'likely',
    phrases: ['invalid digest format'],
    patterns: [
      /(?<!in header not a valid digest): (?:invalid checksum digest format|invalid checksum digest length|unsupported digest algorithm)/,
    ],
    or: ['registry-bad-response', 'unsupported-manifest'],
  },
];

/**
 * The registry says that something is not there. Stands behind the rules of platform, media types and blobs, whose texts end in `not found`
 * too.
 */
export const notFoundRules: readonly Rule[] = [
  {
    code: 'repository-not-found',
    confidence: 'likely',
    phrases: [
      'name unknown',
      'name_unknown',
      'repository name not known to registry',
      'repository not found',
      'repo not found',
      'does not exist in the registry with id',
      'project not found',
      'registry does not exist',
      'repository does not exist',
      'unknown repository',
      'no such repository',
    ],
    patterns: [
      /\b(?:repository|project|repo) "?'?‹\w+›'?"?:? (?:is |was )?not found/,
      /\brepository (?:with name |named )?'?"?‹\w+›'?"? (?:does not|doesn't) exist/,
      /\bproject (?:with name |named )?'?"?‹\w+›'?"? (?:does not|doesn't) exist/,
    ],
    or: ['not-found-or-denied', 'proxy-cache-upstream'],
  },
  {
    code: 'manifest-not-found',
    confidence: 'likely',
    phrases: [
      'content at ‹url› not found',
      'manifest unknown',
      'manifest_unknown',
      'manifest not found',
      'the named manifest is not known to the registry',
      'requested image not found',
      'tag does not exist',
      'tag_expired',
      'tag expired',
      'manifest tagged by',
      'no such manifest',
      'requested tag was not found',
      'tag was not found',
      'tag not found',
      'image not found',
      'artifact not found',
      'not found in repository',
      'image manifest does not exist',
      'no child with digest',
    ],
    patterns: [
      /\bcontent at ‹\w+›\S{0,8} not found/,
      /\bmanifest for "?‹\w+›"? (?:\(.{0,200}\) )?not (?:found|f?o?u?n?…?$)/,
      /\bmanifest ['"]?‹\w+›['"]? (?:does not exist|(?:is |was )?not found)/,
      /\btag:? "?'?‹?\w+›?'?"? (?:is |was )?(?:not found|does not exist)/,
      /\bartifact "?'?‹?\w+›?'?"?(?::\S+)? not found/,
      /‹(?:image|name|url)›\W{0,6}: (?:manifest )?not found/,
      /‹image› not found$/,
      /\bfailed to fetch "?‹\w+›/,
    ],
    or: ['repository-not-found'],
  },
  {
    code: 'manifest-not-found',
    confidence: 'likely',
    stages: ['resolve', 'manifest'],
    phrases: ['resource not found'],
    or: ['repository-not-found'],
  },
  {
    code: 'manifest-not-found',
    confidence: 'likely',
    statuses: [404],
    stages: ['resolve', 'manifest', 'unknown', 'inspect', 'sandbox', 'config'],
    or: ['repository-not-found'],
  },
  {
    code: 'manifest-not-found',
    confidence: 'possible',
    stages: ['resolve', 'manifest', 'unknown', 'sandbox'],
    patterns: [/(?:^|: |\( )not found\b/, /^\W*(?:rpc|error)\W+not found\W*$/, /\bimage "?‹\w+›"? not found/],
    or: ['repository-not-found'],
  },
];
