/** Reason phrases of RFC 9110 section 15 that registries, proxies and gateways send, by their status. */
const reasons: Readonly<Record<string, number>> = {
  'bad request': 400,
  unauthorized: 401,
  'authorization required': 401,
  'payment required': 402,
  forbidden: 403,
  'not found': 404,
  'method not allowed': 405,
  'not acceptable': 406,
  'proxy authentication required': 407,
  'request timeout': 408,
  conflict: 409,
  gone: 410,
  'precondition failed': 412,
  'misdirected request': 421,
  'too many requests': 429,
  'unavailable for legal reasons': 451,
  'internal server error': 500,
  'not implemented': 501,
  'bad gateway': 502,
  'service unavailable': 503,
  'service temporarily unavailable': 503,
  'gateway timeout': 504,
  'gateway time-out': 504,
};

const numberAndReason = new RegExp(`\\b([45]\\d\\d):? \\(?(?:${Object.keys(reasons).join('|')})\\b`);
const statusPhrases = [
  /\bstatus ?code:? ?(?:from registry |‹\w+›: |‹\w+› |\[manifests ‹\w+›\]: |v?)?"?([1-5]\d\d)\b/,
  /\bhttp status(?: code)?:? ?"?([1-5]\d\d)\b/,
  /\bunexpected status(?: code| from (?:get|head|post) request to)?:? ?(?:‹\w+›:? |\[manifests ‹\w+›\]:? )?([1-5]\d\d)\b/,
  /\bparsing http ([1-5]\d\d) response/,
  /\bhttp(?:\/[\d.x]+)?(?: error| response)?(?: code)?:? ([1-5]\d\d)\b/,
  /\b(?:error|response|return|returned|responded with|server returned|got|status|statuscode|code)(?: code)?[:=]? ?"?([45]\d\d)\b/,
  /‹url›"?: ([45]\d\d)\b/,
];

/** Most clauses hold no number of three digits: one small pattern spares them the others, which take milliseconds to compile. */
const threeDigits = /[1-5]\d\d/;

/** The HTTP status that a lower-case clause speaks of, and where; null where it speaks of none. */
export function spokenStatus(clause: string): { readonly status: number; readonly at: number } | null {
  if (!threeDigits.test(clause)) return null;
  for (const pattern of [numberAndReason, ...statusPhrases]) {
    const match = pattern.exec(clause);
    if (match?.[1]) return { status: Number(match[1]), at: match.index };
  }
  return null;
}

/** The HTTP status that a lower-case clause speaks of; null where it speaks of none. */
export function statusIn(clause: string): number | null {
  return spokenStatus(clause)?.status ?? null;
}
