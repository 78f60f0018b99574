import type { SecretFault } from '../values/evidence.ts';
import { decodeGoBase64 } from './go-base64.ts';
import { shownKey } from './registry-key.ts';

/** One entry of a docker config as the kubelet decodes it. It holds a password: it never enters the evidence. */
export interface DockerEntry {
  readonly key: string;
  readonly user: string;
  readonly password: string;
  /** What was there and the kubelet does not read. */
  readonly ignored: readonly ('identity-token' | 'registry-token' | 'credential-helper')[];
  /**
   * Bytes of another encoding: the kubelet decodes them, and cannot hand them to the runtime, as gRPC carries no string that is not UTF-8.
   */
  readonly isUtf8?: false;
}

export interface DockerConfigFault {
  readonly code: SecretFault;
  /** For type and shape in plain words; for contents what the kubelet itself reports. It quotes nothing of the contents. */
  readonly detail: string;
  /** Of the entry at fault, as it may be shown. */
  readonly key?: string;
}

export type DockerConfig = { readonly entries: readonly DockerEntry[] } | { readonly fault: DockerConfigFault };

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

class Fault extends Error {
  readonly fault: DockerConfigFault;
  constructor(code: SecretFault, detail: string, key?: string) {
    super(detail);
    this.fault = { code, detail, ...(key !== undefined && { key: shownKey(key) }) };
  }
}

const keyOfType: Readonly<Record<string, string>> = {
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
};

/**
 * Reads the data of a Secret as the kubelet does (Kubernetes pkg/credentialprovider/secrets/secrets.go, config.go). A wrong type and a
 * missing key are skipped there without a word; one undecodable entry spoils all Secrets of the pod.
 * @param data the Secret's `data`: base64 as the API server sends it
 */
export function readPullSecret(type: string, data: Readonly<Record<string, string>>): DockerConfig {
  const dataKey = keyOfType[type];
  if (dataKey === undefined) return { fault: { code: 'wrong-type', detail: `its type is ${type}, which the kubelet does not read` } };
  const encoded = data[dataKey];
  if (encoded === undefined || encoded === '') return { fault: { code: 'missing-key', detail: `it has no data under ${dataKey}` } };
  return readDockerConfig(
    Buffer.from(encoded, 'base64').toString('utf8'),
    type === 'kubernetes.io/dockercfg' ? 'dockercfg' : 'dockerconfigjson',
  );
}

/** Decodes the text of a `.dockerconfigjson` (`{"auths": {…}}`) or of a legacy `.dockercfg` (the inner object alone). */
export function readDockerConfig(text: string, format: 'dockerconfigjson' | 'dockercfg'): DockerConfig {
  try {
    const root = parseJson(text);
    const all = format === 'dockercfg' ? entriesOf(root, 'Go value', {}) : entriesOfConfigJson(root);
    const auths = format === 'dockercfg' ? root : isObject(root) ? (field(root, 'auths') ?? null) : null;
    const others = all.filter((entry) => !isLevel(entry, auths));
    const entries = others.length < all.length ? others.filter(({ user, password }) => user !== '' || password !== '') : all;
    if (entries.length > 0) return { entries };
    return { fault: { code: 'no-entries', detail: withoutEntries(root, format) } };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
}

/** What is read as an entry for a host `auths` is a level too many: the registries lie under it, where the kubelet does not look. */
function isLevel({ key, user, password }: DockerEntry, auths: Json): boolean {
  if (key !== 'auths' || user !== '' || password !== '' || !isObject(auths)) return false;
  const { auths: inner } = auths;
  return isObject(inner) && Object.values(inner).some(isObject);
}

function withoutEntries(root: Json, format: 'dockerconfigjson' | 'dockercfg'): string {
  if (isObject(root) && format === 'dockercfg' && isObject(root.auths))
    return 'its registries lie under "auths", as in a .dockerconfigjson, and the kubelet reads none there in a .dockercfg';
  if (isObject(root) && isObject(field(root, 'auths')) && Object.keys(field(root, 'auths') ?? {}).length > 0)
    return 'its registries lie under "auths" twice, and the kubelet looks one level down';
  if (format === 'dockercfg' || !isObject(root) || field(root, 'auths') !== undefined || Object.keys(root).length === 0)
    return 'it names no registry';
  if (field(root, 'credsStore') ?? field(root, 'credHelpers'))
    return 'it names a credential helper, which the kubelet does not use, and no registry';
  return 'it has no "auths" level, which the kubelet expects around the registries';
}

function entriesOfConfigJson(root: Json): readonly DockerEntry[] {
  if (root === null) return [];
  if (!isObject(root)) throw mismatch(root, 'Go value of type credentialprovider.DockerConfigJSON');
  const headers = field(root, 'HttpHeaders') ?? null;
  const wrongHeaders = faultOfHeaders(headers);
  const entries = entriesOf(field(root, 'auths') ?? null, 'Go struct field DockerConfigJSON.auths', root);
  if (wrongHeaders) throw wrongHeaders;
  return entries;
}

/** The kubelet reads no header from here, but a value of another shape fails the whole Secret. */
function faultOfHeaders(headers: Json): Fault | null {
  if (headers === null) return null;
  if (!isObject(headers)) return mismatch(headers, 'Go struct field DockerConfigJSON.HttpHeaders of type map[string]string');
  const wrong = Object.values(headers).find((value) => value !== null && typeof value !== 'string');
  return wrong === undefined ? null : mismatch(wrong, 'Go struct field DockerConfigJSON.HttpHeaders of type string');
}

function entriesOf(auths: Json, where: string, root: JsonObject): readonly DockerEntry[] {
  if (auths === null) return [];
  if (!isObject(auths)) throw mismatch(auths, `${where} of type credentialprovider.DockerConfig`);
  return Object.entries(auths).map(([key, value]) => {
    try {
      return entryOf(key, value, where, root);
    } catch (error) {
      throw error instanceof Fault ? new Fault(error.fault.code, error.fault.detail, key) : error;
    }
  });
}

function entryOf(key: string, value: Json, where: string, root: JsonObject): DockerEntry {
  if (value === null) return { key, user: '', password: '', ignored: [] };
  if (!isObject(value)) throw mismatch(value, `${where} of type credentialprovider.dockerConfigEntryWithAuth`);
  const [username, password, , auth] = ['username', 'password', 'email', 'auth'].map((name) => textField(value, name, where));
  const login = auth ? decodeAuth(auth) : { user: username ?? '', password: password ?? '' };
  return { key, ...login, ignored: ignoredOf(key, value, login, root) };
}

function ignoredOf(key: string, value: JsonObject, login: { user: string; password: string }, root: JsonObject): DockerEntry['ignored'] {
  const helpers = field(root, 'credHelpers');
  const hasHelper = login.user === '' && login.password === '' && (!!field(root, 'credsStore') || (isObject(helpers) && key in helpers));
  return [
    ...(field(value, 'identitytoken') ? (['identity-token'] as const) : []),
    ...(field(value, 'registrytoken') ? (['registry-token'] as const) : []),
    ...(hasHelper ? (['credential-helper'] as const) : []),
  ];
}

/**
 * `decodeDockerConfigFieldAuth`: base64 of `user:password`, split at the first colon; padded input with one alphabet, unpadded with the
 * other.
 */
function decodeAuth(auth: string): Pick<DockerEntry, 'user' | 'password' | 'isUtf8'> {
  const result = decodeGoBase64(auth, auth.trim().endsWith('=') ? 'padded' : 'unpadded');
  if ('corruptAt' in result) throw new Fault('bad-base64', `illegal base64 data at input byte ${result.corruptAt}`);
  const text = Buffer.from(result.bytes).toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw new Fault('bad-auth', 'unable to parse auth field, must be formatted as base64(username:password)');
  return { user: text.slice(0, colon), password: text.slice(colon + 1), ...(!Buffer.from(text).equals(result.bytes) && { isUtf8: false }) };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const unfinished = text.trim() === '' || /end of JSON|Unterminated/.test(error instanceof Error ? error.message : '');
    throw new Fault('bad-json', unfinished ? 'unexpected end of JSON input' : 'it is not valid JSON');
  }
}

function mismatch(value: Json, expected: string): Fault {
  const kind = value === null ? 'null' : typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : typeof value;
  return new Fault('bad-json', `json: cannot unmarshal ${kind} into ${expected}`);
}

function textField(object: JsonObject, name: string, where: string): string {
  const value = field(object, name) ?? '';
  if (typeof value !== 'string') throw mismatch(value, `${where} of type string`);
  return value;
}

/** Go matches the names of fields without regard to case; of several that match the last counts. */
function field(object: JsonObject, name: string): Json | undefined {
  let found: Json | undefined;
  for (const [key, value] of Object.entries(object)) {
    if (key.toLowerCase() === name.toLowerCase() && value !== null) found = value;
  }
  return found;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
