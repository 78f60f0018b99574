import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, objectsIn } from '../../playbook/check/pod-specs.ts';
import type { Io } from '../io.ts';
import { CommandError } from '../program-errors.ts';

/** The longest manifest that is read, in bytes. */
const longest = 32 * 1024 * 1024;

/**
 * The objects in files of manifests, YAML or JSON, in the order given; `-` is standard input, and of a directory its *.yaml, *.yml and *.json.
 * @throws CommandError in kubectl's words
 */
export async function readManifests(paths: readonly string[], io: Io): Promise<readonly Json[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat();
  const texts = await Promise.all(files.map(async (path) => ({ path, text: await readText(path, io) })));
  if (texts.length === 0) return [];
  const { loadAll, YAMLException } = await import('js-yaml');
  return texts.flatMap(({ path, text }) => {
    try {
      return objectsIn(loadAll(text) as unknown[]);
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      throw new CommandError(`error: error parsing ${path === '-' ? 'STDIN' : path}: ${error.message.split('\n')[0]}`, { cause: error });
    }
  });
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (path === '-') return [path];
  const found = await stat(path).catch(missing(path));
  if (!found.isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function readText(path: string, io: Io): Promise<string> {
  if (path === '-') return io.stdin.text(longest);
  const { size } = await stat(path).catch(missing(path));
  if (size > longest) throw new CommandError(`error: ${path} is larger than ${longest / 1024 / 1024} MiB`);
  return readFile(path, 'utf8').catch(missing(path));
}

function missing(path: string): (error: unknown) => never {
  return (error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(
      code === 'ENOENT' ? `error: the path "${path}" does not exist` : `error: unable to read ${path}: ${code ?? message}`,
      {
        cause: error,
      },
    );
  };
}
