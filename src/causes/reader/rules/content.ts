import { isUnanswered, type Rule, word } from './rule.ts';

/** The image has nothing for this node: containerd core/images, containers/image internal/manifest, moby distribution. */
export const platformRules: readonly Rule[] = [
  {
    code: 'platform-mismatch',
    confidence: 'certain',
    phrases: [
      'no match for platform in manifest',
      'no matching manifest for',
      'no image found in image index',
      'no image found in manifest list',
      'cannot be used on this platform',
      'does not support platform',
      'does not match the specified platform',
      'no child with platform',
      'no supported platform found in manifest list',
      'does not provide the specified platform',
      'not support the requested platform',
      'a windows version',
      'the container operating system does not match the host operating system',
      'hcs_e_image_mismatch',
      'does not match the expected platform',
      'no instances found for platform',
      'filtered out all platforms',
      'unsupported image operating system',
    ],
    patterns: [
      /\bimage operating system .{0,60} cannot be used/,
      /\bno image satisfies requested platform\b/,
      /\bis incompatible with a .{1,60} host/,
      /\boperating system .{1,60} when requesting\b/,
    ],
  },
  // without a platform behind it, it may be of anything
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    phrases: ['no matching manifest'],
    when: isUnanswered,
    or: ['manifest-not-found'],
  },
];

/** moby's layer store and image package, of an image whose operating system is another one. */
export const systemRules: readonly Rule[] = [
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    patterns: [/(?:^|: )operating system is not supported/, /not support on this host operating system/],
    or: ['unsupported-manifest'],
  },
];

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

/** Not an image, or not one that this runtime runs. */
export const formatRules: readonly Rule[] = [
  {
    code: 'unsupported-manifest',
    confidence: 'certain',
    phrases: [
      'no longer supported since containerd',
      'schema 1',
      'schema1',
      'missing signature key',
      'encountered unknown type',
      'accept header does not support',
      'unsupported docker v2s2 media type',
      'unsupported mediatype',
      'unsupported ociv1 media type',
      'unimplemented manifest mime type',
      'unsupported schema version',
      'unsupported manifest format',
      'unsupported manifest media type',
      'encountered remote',
      'operation on artifact',
      'no processor for media-type',
      'unsupported compression',
      'invalid mixed oci image',
      'expected manifest but found index',
      'expected index but found manifest',
      'decrypting layer',
      'missing private key needed for decryption',
      'prettyjws',
      'application/vnd.cncf.helm',
      'vnd.oci.empty',
      'not a valid container image',
      'unsupported config media type',
      'is not a container image',
      'ai models are not yet supported',
      'unknown layer media type',
      'unsupported diff media type',
      'mediatype in manifest should be',
      'unexpected mediatype',
      'no media type',
      'manifest schema unsupported',
      'manifest type is not supported',
      'media type not supported',
    ],
    patterns: [
      /unexpected media type "?application\/vnd\.(?!docker\.distribution\.manifest\.(?:v2|list)|oci\.image\.(?:manifest|index))/,
      /invalid desc .{0,100}:/,
    ],
  },
  // the same words are the reason phrase of a status: then it is the answer, not the image
  {
    code: 'unsupported-manifest',
    confidence: 'certain',
    phrases: ['unsupported media type'],
    when: ({ error }) => error.status !== 415,
  },
  // image configurations and manifests that contradict themselves: moby daemon/internal/distribution and image, containers/image manifest and internal/image
  {
    code: 'unsupported-manifest',
    confidence: 'likely',
    phrases: [
      'unsupported layer',
      'no rootfs key',
      'too many non-empty layers',
      'not schema2',
      'invalid parent id',
      'appears multiple times in manifest',
      'length of history not equal',
      'no fslayers in manifest',
      'received a manifest list instead of a manifest',
      'treating manifest lists as individual manifests',
      'rejecting ambiguous manifest',
      'invalid image configuration',
      'media-type: cannot determine',
      'compression not supported',
      'decryptparameters',
      'exceeded maximum allowed artifact size',
      'manifest.v1+prettyjws',
    ],
    patterns: [/\bmedia-type: .{1,100} should not have\b/],
    or: ['corrupt-layer'],
  },
  // moby's words for a configuration without a list of layers: most often a chart or another artifact (distribution/pull_v2.go)
  { code: 'unsupported-manifest', confidence: 'likely', phrases: ['invalid rootfs in image configuration'], or: ['corrupt-layer'] },
];

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

/** Bytes that do not match, in transfer or in the archive. */
export const corruptRules: readonly Rule[] = [
  {
    code: 'corrupt-layer',
    confidence: 'certain',
    phrases: [
      'unexpected commit digest',
      'unexpected commit size',
      'failed size validation',
      'digest did not match',
      'digests did not match',
      'blob digest mismatch',
      'blob size mismatch',
      'verification failed for digest',
      'does not match provided manifest digest',
      'does not match selected manifest digest',
      'wrong diff id',
      "does not match config's diffid",
      "layers from manifest don't match",
      "number of layers and diffids don't match",
      'mismatched image rootfs',
      'invalid tar header',
      'gzip: invalid',
      'flate: corrupt',
      'magic number mismatch',
      'config claims',
      'unexpected digest',
      'invalid compressed data',
      'corrupt input',
      'zlib: invalid',
      'checksum mismatch',
      'digest mismatch',
      'bzip2 data invalid',
      'missed header',
      'invalid blob checksum',
      'invalid manifest checksum',
      'does not match requested digest',
    ],
    patterns: [/\bblob digest ‹\w+› does not match\b/],
  },
  {
    code: 'corrupt-layer',
    confidence: 'likely',
    phrases: ['invalid archive', 'archive/tar: ', 'size mismatch', 'unexpected size', 'tar: unexpected', 'zstd'],
    or: ['unsupported-manifest'],
  },
  {
    code: 'corrupt-layer',
    confidence: 'likely',
    stages: ['unpack'],
    patterns: [word('unexpected eof'), /: eof$/],
    or: ['connection-dropped'],
  },
];
