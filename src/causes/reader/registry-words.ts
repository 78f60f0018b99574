/**
 * The error codes of registries, as they appear in JSON bodies, and as Go's clients print them: lower case, blanks for underscores.
 * Sources: distribution `registry/api/errcode/register.go`, OCI distribution-spec, Harbor `src/lib/errors`, Quay `endpoints/v2/errors.py`.
 */
const registryCodes = [
  'UNAUTHORIZED',
  'DENIED',
  'FORBIDDEN',
  'NAME_UNKNOWN',
  'NAME_INVALID',
  'MANIFEST_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'BLOB_UNKNOWN',
  'DIGEST_INVALID',
  'TAG_INVALID',
  'TAG_EXPIRED',
  'NOT_FOUND',
  'UNSUPPORTED',
  'TOOMANYREQUESTS',
  'TOO_MANY_REQUEST',
  'UNAVAILABLE',
  'PROJECTPOLICYVIOLATION',
  'PRECONDITION',
  'UNKNOWN',
] as const;

export interface RegistryError {
  readonly code: string | null;
  readonly message: string;
}

/** Takes the keys and braces out of JSON bodies, so that `{"errors":[{"code":"DENIED","message":"x"}]}` reads `DENIED: x`. */
export function unwrapJson(text: string): string {
  if (!text.includes('"')) return text;
  return text
    .replace(/"(?:code|error)" ?: ?"([A-Za-z][\w -]{2,40})" ?,/gi, ' $1: ')
    .replace(/"(?:errors|error|code|message|msg|detail|details|error_description|status)" ?: ?(?=["'[{\dn])/gi, ' ')
    .replace(/"(?=[,:]["{[])/g, '" ')
    .replace(/[{}]/g, ' ');
}

const spoken = registryCodes.map((code) => ({ code, phrase: code.toLowerCase().replaceAll('_', ' ') }));

/** The registry's own words in a clause whose names were lifted: each code that is followed by a colon, with what follows it, at most 300 characters. */
export function registryErrorsIn(clause: string): readonly RegistryError[] {
  const lower = clause.toLowerCase().replaceAll('_', ' ');
  const found: { code: string; at: number; end: number }[] = [];
  for (const { code, phrase } of spoken) {
    const at = lower.indexOf(`${phrase}: `);
    if (at >= 0 && !/[\w-]/.test(lower[at - 1] ?? ' ') && !(code === 'UNKNOWN' && /(?:manifest|name|blob) $/.test(lower.slice(0, at)))) {
      found.push({ code, at, end: at + phrase.length + 2 });
    }
  }
  found.sort((a, b) => a.at - b.at);
  return found.map(({ code, end }, index) => ({
    code,
    message: clause
      .slice(end, Math.min(found[index + 1]?.at ?? clause.length, end + 300))
      .trim()
      .replace(/["'\s\]]{1,8}$/, ''),
  }));
}
