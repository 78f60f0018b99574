import { dirname, resolve, sep } from 'node:path';
import { loadAll } from 'js-yaml';
import { asFields, asList, base64, type Fields, flag, mapped, text, texts } from './fields.ts';
import type { ClusterEntry, ContextEntry, ExecEntry, Kubeconfig, UserEntry } from './types.ts';

/**
 * One kubeconfig file. Relative paths in it are taken from the file's own directory (client-go: clientcmd/loader.go ResolveLocalPaths).
 * @throws Error with Go's wording where it is not a kubeconfig.
 */
export function decodeKubeconfig(content: string, file: string): Kubeconfig {
  const fields = asFields(parse(content), 'Config');
  if (fields.kind !== undefined && fields.kind !== null && fields.kind !== 'Config') {
    throw new Error(`no kind "${String(fields.kind)}" is registered for version "${String(fields.apiVersion ?? '')}"`);
  }
  const directory = dirname(resolve(file));
  const path = (value: string) => (value === '' ? '' : resolve(directory, value));
  return {
    currentContext: text(fields, 'current-context', 'Config'),
    clusters: named(fields, 'clusters', 'cluster', 'NamedCluster', (inner) => cluster(inner, path)),
    users: named(fields, 'users', 'user', 'NamedAuthInfo', (inner) => user(inner, path, file)),
    contexts: named(fields, 'contexts', 'context', 'NamedContext', context),
  };
}

function parse(content: string): unknown {
  try {
    return content.trimStart().startsWith('{') ? parseFlow(content) : loadAll(content, { json: true })[0];
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    if (reason === undefined) throw error;
    throw new Error(`yaml: line ${(mark?.line ?? 0) + 1}: ${reason}`, { cause: error });
  }
}

/** JSON is read as such: it is quicker than as YAML, which a flow mapping may be all the same. */
function parseFlow(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return loadAll(content, { json: true })[0];
  }
}

function named<T>(fields: Fields, list: string, key: string, goType: string, read: (inner: Fields) => T): Map<string, T> {
  const entries = new Map<string, T>();
  for (const value of asList(fields[list], list)) {
    const entry = asFields(value, list);
    const name = text(entry, 'name', goType);
    if (entries.has(name)) throw new Error(`error converting *[]${goType} into a map: duplicate name "${name}" in list`);
    entries.set(name, read(asFields(entry[key], `${list}.${key}`)));
  }
  return entries;
}

function cluster(fields: Fields, path: (value: string) => string): ClusterEntry {
  const where = 'Cluster.clusters.cluster';
  const extensions = asList(fields.extensions, `${where}.extensions`).map((value) => asFields(value, `${where}.extensions`));
  return {
    server: text(fields, 'server', where),
    tlsServerName: text(fields, 'tls-server-name', where),
    insecureSkipTlsVerify: flag(fields, 'insecure-skip-tls-verify', where),
    certificateAuthority: path(text(fields, 'certificate-authority', where)),
    certificateAuthorityData: base64(fields, 'certificate-authority-data', where),
    proxyUrl: text(fields, 'proxy-url', where),
    disableCompression: flag(fields, 'disable-compression', where),
    execExtension: extensions.find((extension) => extension.name === 'client.authentication.k8s.io/exec')?.extension,
  };
}

function user(fields: Fields, path: (value: string) => string, origin: string): UserEntry {
  const where = 'AuthInfo.users.user';
  return {
    clientCertificate: path(text(fields, 'client-certificate', where)),
    clientCertificateData: base64(fields, 'client-certificate-data', where),
    clientKey: path(text(fields, 'client-key', where)),
    clientKeyData: base64(fields, 'client-key-data', where),
    token: text(fields, 'token', where),
    tokenFile: path(text(fields, 'tokenFile', where)),
    as: text(fields, 'as', where),
    asUid: text(fields, 'as-uid', where),
    asGroups: texts(fields, 'as-groups', where),
    asUserExtra: mapped(fields, 'as-user-extra', where, texts),
    username: text(fields, 'username', where),
    password: text(fields, 'password', where),
    authProvider: authProvider(fields['auth-provider'], `${where}.auth-provider`),
    exec: exec(fields.exec, path, `${where}.exec`),
    origin,
  };
}

function authProvider(value: unknown, where: string): UserEntry['authProvider'] {
  if (value === undefined || value === null) return null;
  const fields = asFields(value, where);
  return { name: text(fields, 'name', where), config: Object.fromEntries(mapped(fields, 'config', where, text)) };
}

/** A command is looked up in PATH unless it holds a separator (client-go: clientcmd/config.go GetAuthInfoFileReferences). */
function exec(value: unknown, path: (value: string) => string, where: string): ExecEntry | null {
  if (value === undefined || value === null) return null;
  const fields = asFields(value, where);
  const command = text(fields, 'command', where);
  const apiVersion = text(fields, 'apiVersion', where);
  const interactiveMode = text(fields, 'interactiveMode', where);
  const isBeta = apiVersion === 'client.authentication.k8s.io/v1beta1' || apiVersion === 'client.authentication.k8s.io/v1alpha1';
  return {
    command: command.includes(sep) ? path(command) : command,
    args: texts(fields, 'args', where),
    env: asList(fields.env, `${where}.env`).map((entry) => {
      const variable = asFields(entry, `${where}.env`);
      return { name: text(variable, 'name', `${where}.env`), value: text(variable, 'value', `${where}.env`) };
    }),
    apiVersion,
    installHint: text(fields, 'installHint', where),
    provideClusterInfo: flag(fields, 'provideClusterInfo', where),
    interactiveMode: interactiveMode === '' && isBeta ? 'IfAvailable' : interactiveMode,
  };
}

function context(fields: Fields): ContextEntry {
  const where = 'Context.contexts.context';
  return { cluster: text(fields, 'cluster', where), user: text(fields, 'user', where), namespace: text(fields, 'namespace', where) };
}
