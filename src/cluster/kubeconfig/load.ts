import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { configurationError, configurationErrors } from './configuration-error.ts';
import { decodeKubeconfig } from './decode.ts';
import { emptyKubeconfig, type Kubeconfig } from './types.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The kubeconfig that kubectl would use: --kubeconfig, which must exist, or the files of $KUBECONFIG, or ~/.kube/config. Missing files are
 * skipped; of several files the first to set a name or the current context wins (client-go: tools/clientcmd/loader.go Load).
 * @throws ConnectionError for files that cannot be read as a kubeconfig.
 */
export function loadKubeconfig(explicit: string | undefined, env: Environment): Kubeconfig {
  const files = explicit === undefined || explicit === '' ? defaultFiles(env) : [explicit];
  const loaded: Kubeconfig[] = [];
  const faults: string[] = [];
  for (const file of new Set(files)) {
    const result = loadFile(file);
    if ('kubeconfig' in result) loaded.push(result.kubeconfig);
    else if (!result.missing) faults.push(`error loading config file "${file}": ${result.fault}`);
    else if (file === explicit) throw configurationError(`stat ${file}: no such file or directory`);
  }
  if (faults.length > 0) throw configurationErrors(faults);
  return loaded.reduceRight((later, earlier) => merge(earlier, later), emptyKubeconfig);
}

function defaultFiles(env: Environment): readonly string[] {
  const list = env.KUBECONFIG;
  if (list) return list.split(delimiter).filter((file) => file !== '');
  const home = homeDirectory(env);
  return home === '' ? [] : [join(home, '.kube', 'config')];
}

/** $HOME, or on Windows $USERPROFILE (client-go: util/homedir). Empty where there is none. */
export function homeDirectory(env: Environment): string {
  return env.HOME || env.USERPROFILE || '';
}

type Loaded = { readonly kubeconfig: Kubeconfig } | { readonly missing: boolean; readonly fault: string };

function loadFile(file: string): Loaded {
  try {
    return { kubeconfig: decodeKubeconfig(readFileSync(file, 'utf8'), file) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { missing: code === 'ENOENT', fault: code === undefined ? message : fileFault(code, file, message) };
  }
}

/** An error of the file system in Go's words. */
export function fileFault(code: string | undefined, file: string, message: string): string {
  if (code === 'ENOENT') return `open ${file}: no such file or directory`;
  if (code === 'EACCES') return `open ${file}: permission denied`;
  if (code === 'EISDIR') return `read ${file}: is a directory`;
  return message;
}

/** A file that the kubeconfig names; null for the empty name. @throws ConnectionError in Go's words */
export function readNamedFile(file: string): Buffer | null {
  if (file === '') return null;
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw configurationError(fileFault(code, file, message));
  }
}

function merge(first: Kubeconfig, second: Kubeconfig): Kubeconfig {
  return {
    currentContext: first.currentContext || second.currentContext,
    clusters: new Map([...second.clusters, ...first.clusters]),
    users: new Map([...second.users, ...first.users]),
    contexts: new Map([...second.contexts, ...first.contexts]),
  };
}
