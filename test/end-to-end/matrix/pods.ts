import { type Content, type Credential, contents, credentials, type Mode, modes } from './cells.ts';
import { hosts, repositories, tags, users } from './registries.ts';

export interface PodOfMatrix {
  readonly name: string;
  readonly mode: Mode;
  readonly credential: Credential;
}

/** A pod for each way to ask and each credential; its containers are the contents. */
export const pods: readonly PodOfMatrix[] = modes.flatMap((mode) =>
  credentials.map((credential) => ({ name: `${mode}-${credential}`, mode, credential })),
);

const base64 = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');

/** A login token that says itself that it ended years ago. */
const expiredToken = ['{"alg":"RS256"}', '{"exp":1600000000}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

export function imageOf(mode: Mode, content: Content): string {
  const repository = `${hosts[mode]}/${repositories[mode]}`;
  if (content === 'repository-missing') return `${repository}-nosuch:${tags[mode]}`;
  return content === 'there' ? `${repository}:${tags[mode]}` : `${repository}:v9.9.9`;
}

/** The namespace with everything in it, as a List. */
export function manifests(namespace: string): object {
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...pods.flatMap((pod) => [...secretOf(pod, namespace), podOf(pod, namespace)]),
  ];
  return { apiVersion: 'v1', kind: 'List', items };
}

function secretOf({ name, mode, credential }: PodOfMatrix, namespace: string): readonly object[] {
  const login = loginOf(mode, credential);
  if (!login) return [];
  const data = { '.dockerconfigjson': base64({ auths: { [login.host]: { username: login.username, password: login.password } } }) };
  return [{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'kubernetes.io/dockerconfigjson', data }];
}

function loginOf(mode: Mode, credential: Credential): { host: string; username: string; password: string } | null {
  const host = hosts[mode];
  const good = { host, username: users.puller, password: users.passwords[users.puller] ?? '' };
  switch (credential) {
    case 'none':
      return null;
    case 'wrong-host':
      return { ...good, host: 'registry.example.com' };
    case 'wrong-password':
      return { ...good, password: 'wrong' };
    case 'expired':
      return { ...good, password: expiredToken };
    case 'no-permission':
      return { host, username: 'stranger', password: users.passwords.stranger ?? '' };
    case 'good':
      return good;
  }
}

function podOf({ name, mode, credential }: PodOfMatrix, namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      tolerations: [{ operator: 'Exists' }],
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      imagePullSecrets: credential === 'none' ? [] : [{ name }],
      containers: contents.map((content) => ({ name: content, image: imageOf(mode, content), imagePullPolicy: 'Always' })),
    },
  };
}
