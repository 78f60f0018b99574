import type { Rule } from './rule.ts';

/** A pull Secret that does not decode: the whole text is Go's (kubelet pkg/credentialprovider, encoding/json, encoding/base64). */
export const secretRules: readonly Rule[] = [
  {
    code: 'pull-secret-malformed',
    confidence: 'certain',
    phrases: [
      'must be formatted as base64(username:password)',
      'unable to parse auth field',
      'credentialprovider.dockerconfig',
      'into go struct field dockerconfig',
      'dockerconfigentry',
    ],
    // the kubelet's whole text; behind other words, somebody else decoded
    patterns: [/^\W*(?:error: )?illegal base64 data at input byte \d{1,9}\W*$/],
  },
  // of what the kubelet hands to the runtime only a login can be so (google.golang.org/grpc rpc_util.go, encode)
  {
    code: 'pull-secret-malformed',
    confidence: 'likely',
    phrases: ['string field contains invalid utf-8', 'contains invalid utf-8 data'],
    or: ['runtime-unavailable'],
  },
  {
    code: 'pull-secret-malformed',
    confidence: 'likely',
    phrases: ['illegal base64 data at input byte', 'invalid header field value', 'conform the base64(username:password)'],
    patterns: [
      /^"?(?:unexpected end of json input|invalid character .{1,10} (?:looking for|after|in) .{1,80})"?$/,
      /^json: cannot unmarshal .{1,200}$/,
    ],
  },
  {
    code: 'pull-secret-missing',
    confidence: 'likely',
    phrases: [
      'unable to retrieve some image pull secrets',
      'failedtoretrieveimagepullsecret',
      'unable to retrieve pull secret',
      "couldn't retrieve pull secret",
    ],
    or: ['auth-required'],
  },
];

/** A Secret that is named and not there; it may as well be one that the container wants for itself. */
export const namedSecretRules: readonly Rule[] = [
  { code: 'pull-secret-missing', confidence: 'possible', patterns: [/\bsecrets? "?‹\w+›"? not found/], or: ['none'] },
];
