import { readFileSync } from 'node:fs';
import { mustRun } from '../run.ts';
import { labEnvironment, type Settings } from '../settings.ts';

interface Secret {
  readonly data?: Readonly<Record<string, string>>;
}

/** Every text by which a secret of the lab could be known: what its Secrets hold, encoded and plain, each login in it, and the credentials of the kubeconfig. */
export async function plantedSecrets(settings: Settings): Promise<readonly string[]> {
  const env = labEnvironment(settings);
  const { items } = JSON.parse(await mustRun('kubectl', ['get', 'secrets', '-A', '-o', 'json'], { env })) as { items: readonly Secret[] };
  const values = items.flatMap(({ data }) => Object.values(data ?? {}));
  const plain = values.map((value) => Buffer.from(value, 'base64').toString());
  const kubeconfig = readFileSync(`${settings.labDir}/kubeconfig`, 'utf8');
  const keys = [...kubeconfig.matchAll(/(?:client-key-data|token|password): *"?([^\s"]+)/g)].map(([, key]) => key ?? '');
  return [...new Set([...values, ...plain, ...plain.flatMap(loginsIn), ...keys])].filter((text) => text.length >= 6);
}

/** A password that is an everyday word is looked for beside its user. */
function loginsIn(config: string): readonly string[] {
  try {
    const { auths = {} } = JSON.parse(config) as { auths?: Record<string, { username?: string; password?: string; auth?: string }> };
    return Object.values(auths).flatMap(({ username = '', password = '', auth = '' }) => [
      auth,
      `${username}:${password}`,
      `"${password}"`,
      Buffer.from(password).toString('base64'),
      ...(password.length >= 8 ? [password] : []),
    ]);
  } catch {
    return [];
  }
}
