import { spokenStatus } from './status.ts';

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

/** Each code that is followed by a colon, in the order of the clause. `end`: where what it says begins. */
function codesIn(clause: string): readonly { readonly code: string; readonly at: number; readonly end: number }[] {
  const lower = clause.toLowerCase().replaceAll('_', ' ');
  const found: { code: string; at: number; end: number }[] = [];
  for (const { code, phrase } of spoken) {
    const at = lower.indexOf(`${phrase}: `);
    if (at >= 0 && !/[\w-]/.test(lower[at - 1] ?? ' ') && !(code === 'UNKNOWN' && /(?:manifest|name|blob) $/.test(lower.slice(0, at)))) {
      found.push({ code, at, end: at + phrase.length + 2 });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/**
 * The registry's own words in a clause whose names were lifted: each code that is followed by a colon, with what follows it, at most 300
 * characters.
 */
export function registryErrorsIn(clause: string): readonly RegistryError[] {
  const found = codesIn(clause);
  return found.map(({ code, end }, index) => ({
    code,
    message: clause
      .slice(end, Math.min(found[index + 1]?.at ?? clause.length, end + 300))
      .trim()
      .replace(/["'\s\]]{1,8}$/, ''),
  }));
}

/**
 * Where a registry begins to speak in a clause whose names were lifted: at a status from 400 on, or at a code of its own. What stands
 * behind is quoted: the registry's words about itself, whatever they sound like. null: nothing shows that it answered. `not found: ` and
 * `permission denied: ` in small letters are Go's and containerd's as well (errdefs), and the node's own.
 */
export function answerAt(clause: string): number | null {
  const status = spokenStatus(clause.toLowerCase());
  const codes = codesIn(`${clause} `).filter(
    ({ code, at }) => !(code === 'NOT_FOUND' && clause[at] === 'n') && !(code === 'DENIED' && /permission $/i.test(clause.slice(0, at))),
  );
  const places = [...codes.map(({ at }) => at), ...(status && status.status >= 400 ? [status.at] : [])];
  return places.length === 0 ? null : Math.min(...places);
}
