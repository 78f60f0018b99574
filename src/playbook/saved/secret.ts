import { type Json, object, text } from './fields.ts';

/** No object of the API is larger. */
const longest = 2 * 1024 * 1024;

const keys = ['.dockerconfigjson', '.dockercfg'] as const;

/**
 * Marks that programs leave where they took a secret out: troubleshoot's `***HIDDEN***`, `REDACTED`, `<masked>`, `xxxxx`, a row of stars.
 */
const mark = /\*{3}|redacted|hidden|masked|elided|omitted|x{5}/i;

/** What the pull secrets of a pod are read for. `redacted`: their contents were taken out before the file was made. */
export function slimSecret({ type, data }: Json): object {
  const kept = keys.flatMap((key) => {
    const value = object(data)[key];
    return typeof value === 'string' && value !== '' && value.length <= longest ? [[key, value] as const] : [];
  });
  const kind = text(type);
  const isRedacted = kind?.startsWith('kubernetes.io/docker') === true && !kept.some(([, value]) => isWhole(value));
  return isRedacted ? { type: kind, redacted: true } : { type: kind, data: Object.fromEntries(kept) };
}

/**
 * Whether this is a docker config as it lies in the cluster. Collectors empty it, write its length (`oc adm inspect`: `120 bytes long`) or
 * put marks into it; one that is broken in the cluster and holds no JSON object at all looks the same, and is not called broken then.
 */
function isWhole(base64: string): boolean {
  const decoded = Buffer.from(base64, 'base64').toString('utf8');
  return decoded.trimStart().startsWith('{') && !mark.test(decoded) && !mark.test(base64);
}
