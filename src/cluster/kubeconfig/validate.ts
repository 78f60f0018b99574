import { accessSync, constants } from 'node:fs';
import { withoutUserInfo } from './connection.ts';
import { fileFault } from './load.ts';
import type { ClusterEntry, UserEntry } from './types.ts';

/** What kubectl refuses before it asks anything, in its words and order (client-go: tools/clientcmd/validation.go). Empty: usable. */
export function validate(userName: string, user: UserEntry, clusterName: string, cluster: ClusterEntry): readonly string[] {
  return [...validateUser(userName, user), ...validateCluster(clusterName, cluster)];
}

function validateUser(name: string, user: UserEntry): string[] {
  const faults: string[] = [];
  const methods = [...(user.token === '' ? [] : ['token']), ...(user.username === '' && user.password === '' ? [] : ['basicAuth'])];
  if (user.clientCertificate !== '' || user.clientCertificateData) faults.push(...validateClientCertificate(name, user));
  if (user.exec) faults.push(...validateExec(name, user));
  if (methods.length > 1) {
    faults.push(`more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`);
  }
  if ((user.asUid !== '' || user.asGroups.length > 0 || user.asUserExtra.size > 0) && user.as === '') {
    faults.push(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  }
  return faults;
}

function validateClientCertificate(name: string, user: UserEntry): string[] {
  const faults: string[] = [];
  if (user.clientCertificate !== '' && user.clientCertificateData) {
    faults.push(`client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`);
  }
  if (user.clientKey !== '' && user.clientKeyData) {
    faults.push(`client-key-data and client-key are both specified for ${name}; client-key-data will override`);
  }
  if (user.clientKey === '' && !user.clientKeyData) {
    faults.push(`client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`);
  }
  faults.push(...unreadable('client-cert', user.clientCertificate, name), ...unreadable('client-key', user.clientKey, name));
  return faults;
}

function validateExec(name: string, user: UserEntry): string[] {
  const { exec, authProvider } = user;
  if (!exec) return [];
  const faults: string[] = [];
  const must = (what: string) => faults.push(`${what} must be specified for ${name} to use exec authentication plugin`);
  if (authProvider) faults.push(`authProvider cannot be provided in combination with an exec plugin for ${name}`);
  if (exec.command === '') must('command');
  if (exec.apiVersion === '') must('apiVersion');
  for (const variable of exec.env) if (variable.name === '') must('env variable name');
  if (exec.interactiveMode === '') must('interactiveMode');
  else if (!['Never', 'IfAvailable', 'Always'].includes(exec.interactiveMode)) {
    faults.push(`invalid interactiveMode for ${name}: "${exec.interactiveMode}"`);
  }
  return faults;
}

function validateCluster(name: string, cluster: ClusterEntry): string[] {
  const faults: string[] = [];
  if (cluster.server === '') faults.push(name === '' ? 'default cluster has no server defined' : `no server found for cluster "${name}"`);
  const proxyFault = invalidProxyUrl(cluster.proxyUrl);
  if (proxyFault) faults.push(`invalid 'proxy-url' "${withoutUserInfo(cluster.proxyUrl)}" for cluster "${name}": ${proxyFault}`);
  if (cluster.certificateAuthority !== '' && cluster.certificateAuthorityData) {
    faults.push(
      `certificate-authority-data and certificate-authority are both specified for ${name}. certificate-authority-data will override.`,
    );
  }
  faults.push(...unreadable('certificate-authority', cluster.certificateAuthority, name));
  return faults;
}

function invalidProxyUrl(value: string): string | null {
  if (value === '') return null;
  if (!URL.canParse(value)) return 'could not be parsed as a URL';
  const scheme = new URL(value).protocol.replace(':', '');
  if (['http', 'https', 'socks5', 'socks5h'].includes(scheme)) return null;
  return `unsupported scheme "${scheme}", must be http, https, or socks5`;
}

function unreadable(what: string, file: string, name: string): string[] {
  if (file === '') return [];
  try {
    accessSync(file, constants.R_OK);
    return [];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return [`unable to read ${what} ${file} for ${name} due to ${fileFault(code, file, message)}`];
  }
}
