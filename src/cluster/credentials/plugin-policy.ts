import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, normalize, resolve } from 'node:path';
import { load } from 'js-yaml';
import { configurationError } from '../kubeconfig/configuration-error.ts';
import { asFields, asList, text } from '../kubeconfig/fields.ts';
import { type Environment, homeDirectory } from '../kubeconfig/load.ts';
import { NetworkError } from '../transport/network-error.ts';

/** Which credential plugins the user lets run: `credentialPluginPolicy` of kuberc (KEP-3104, kubectl 1.35). */
export interface PluginPolicy {
  readonly type: 'AllowAll' | 'DenyAll' | 'Allowlist';
  readonly commands: readonly string[];
}

const allowAll: PluginPolicy = { type: 'AllowAll', commands: [] };

/**
 * Reads ~/.kube/kuberc, or $KUBERC, unless that is `off`. Without a file everything is allowed, as in kubectl.
 * @throws ConnectionError for a file that was asked for and cannot be read, and for a policy that is not well formed.
 */
export function readPluginPolicy(env: Environment, warn: (text: string) => void): PluginPolicy {
  if (env.KUBERC === 'off' || env.KUBECTL_KUBERC === 'false') return allowAll;
  const file = env.KUBERC || join(homeDirectory(env), '.kube', 'kuberc');
  let fields: ReturnType<typeof asFields>;
  try {
    fields = asFields(load(readFileSync(file, 'utf8'), { json: true }), 'Preference');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (env.KUBERC) throw configurationError(`kuberc: ${firstLine(message)}`);
    if (code !== 'ENOENT') warn(`kuberc: no preferences loaded from ${file}: ${firstLine(message)}\n`);
    return allowAll;
  }
  return decodePolicy(fields);
}

function decodePolicy(fields: ReturnType<typeof asFields>): PluginPolicy {
  const type = fields.credentialPluginPolicy || 'AllowAll';
  const entries = asList(fields.credentialPluginAllowlist, 'credentialPluginAllowlist').map((entry) =>
    asFields(entry, 'credentialPluginAllowlist'),
  );
  // 1.35 called it `name`.
  const commands = entries.map((entry) => text(entry, 'command', 'AllowlistEntry') || text(entry, 'name', 'AllowlistEntry'));
  if (type !== 'AllowAll' && type !== 'DenyAll' && type !== 'Allowlist')
    throw configurationError(`unknown plugin policy "${String(type)}"`);
  if (type !== 'Allowlist' && commands.length > 0) {
    throw configurationError(`misconfigured credential plugin allowlist: plugin policy is "${type}" but allowlist is non-nil`);
  }
  if (type === 'Allowlist' && (commands.length === 0 || commands.includes(''))) {
    throw configurationError('misconfigured credential plugin allowlist: it is empty or has an empty entry');
  }
  return { type, commands };
}

/** @throws NetworkError where the policy forbids this command: both sides are looked up in PATH and must be the same file. */
export function requireAllowed({ type, commands }: PluginPolicy, command: string, env: Environment): void {
  if (type === 'AllowAll') return;
  const path = lookUp(command, env);
  if (type === 'Allowlist' && path && commands.some((allowed) => lookUp(allowed, env) === path)) return;
  throw new NetworkError('failed', `plugin "${command}" not allowed: policy set to "${type}"`);
}

/** Go's exec.LookPath. */
function lookUp(command: string, env: Environment): string | null {
  if (/[/\\]/.test(command)) return isExecutable(command) ? normalize(isAbsolute(command) ? command : resolve(command)) : null;
  const extensions = ['', ...(env.PATHEXT?.split(';') ?? [])];
  const candidates = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((directory) => extensions.map((extension) => join(directory, command + extension)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
