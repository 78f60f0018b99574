import { fieldsOf, parseObject } from '../../values/json-object.ts';
import type { Json } from '../json.ts';

const pullKeys = ['.dockerconfigjson', '.dockercfg'];

/**
 * Whether what is there decides with the manifest: a list of pull secrets is replaced as a whole, so one that is written is the one that
 * will be.
 */
export function needsLive(object: Json): boolean {
  if (object.kind === 'ServiceAccount') return !('imagePullSecrets' in object);
  return !pullKeys.some((key) => typeof fieldsOf(object.data)[key] === 'string' || typeof fieldsOf(object.stringData)[key] === 'string');
}

/**
 * A Secret or service account as `kubectl apply` leaves it, as far as pulls go: what the manifest says; what it does not mention stays,
 * unless an earlier apply brought it (kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config, "How apply calculates
 * differences"; `imagePullSecrets` of a service account is atomic, `data` of a Secret is a map: k8s.io/api/core/v1/types.go).
 * @param live what is there; null: nothing
 */
export function applied(object: Json, live: Json | null): Json {
  const before = parseObject(String(fieldsOf(fieldsOf(live?.metadata).annotations)[lastApplied] ?? '')) ?? {};
  if (object.kind !== 'ServiceAccount') return { ...object, type: object.type ?? live?.type, data: dataOf(object, live, before) };
  const kept = live && !('imagePullSecrets' in before) ? { imagePullSecrets: live.imagePullSecrets } : {};
  return { ...kept, ...object };
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The API server turns `stringData` into `data`; a value of null takes the key away. */
function dataOf({ data, stringData }: Json, live: Json | null, before: Json): Json {
  const known = Object.entries(fieldsOf(live?.data)).filter(([key]) => !(key in fieldsOf(before.data)));
  const plain = Object.entries(fieldsOf(stringData)).flatMap(([key, value]) =>
    value === null ? [] : [[key, Buffer.from(String(value)).toString('base64')] as const],
  );
  const merged = { ...Object.fromEntries(known), ...fieldsOf(data), ...Object.fromEntries(plain) };
  return Object.fromEntries(Object.entries(merged).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])));
}
