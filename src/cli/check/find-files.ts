import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { shellQuote } from '../../words/shell.ts';

/** The files of manifests behind what was typed, and what was left out on the way. */
export interface FoundFiles {
  readonly files: readonly string[];
  /** Each a line about something that is not read as it would be by its own tool. */
  readonly notes: readonly string[];
}

/**
 * The files that a word behind -f means, as kubectl reads it: a file, the *.yaml, *.yml and *.json of a directory, all below it with
 * --recursive, or what a pattern matches. `-` is standard input.
 * @param check the command that checks what comes from standard input
 * @throws NodeJS.ErrnoException where there is no such file
 */
export async function findFiles(path: string, recursive: boolean, check: string): Promise<FoundFiles> {
  if (path === '-') return { files: [path], notes: [] };
  try {
    return (await stat(path)).isDirectory()
      ? await inDirectory(path, recursive, check)
      : { files: [path], notes: kustomizeNote(path, check) };
  } catch (error) {
    const matches = isAbsent(error) && /[*?[]/.test(path) ? await matching(path) : [];
    if (matches.length === 0) throw error;
    return { files: matches, notes: [] };
  }
}

async function inDirectory(path: string, recursive: boolean, check: string): Promise<FoundFiles> {
  const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json)$/.test(entry.name)).map(({ name }) => join(path, name));
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  const isChart = entries.some(({ name }) => name === 'Chart.yaml');
  const own = [...(isChart ? [chartNote(path, check)] : []), ...files.flatMap((file) => kustomizeNote(file, check))];
  if (recursive) {
    const below = await Promise.all(folders.map((folder) => inDirectory(folder, true, check)));
    return { files: [...files, ...below.flatMap((found) => found.files)], notes: [...own, ...below.flatMap((found) => found.notes)] };
  }
  return { files, notes: [...own, ...(folders.length > 0 && !isChart ? [foldersNote(path, folders)] : [])] };
}

function foldersNote(path: string, folders: readonly string[]): string {
  const names = folders.slice(0, 3).map((folder) => basename(folder));
  const rest = folders.length > 3 ? ` and ${folders.length - 3} more` : '';
  const count = folders.length === 1 ? '1 directory' : `${folders.length} directories`;
  return `note: ${count} in ${path} not read (${names.join(', ')}${rest}): -R reads what is below as well`;
}

function chartNote(path: string, check: string): string {
  return `note: ${path} is a Helm chart, whose templates have to be rendered: helm template ${shellQuote(path)} | ${check}`;
}

/** What a kustomization.yaml changes (images, namespace, names) is in no file beside it. */
function kustomizeNote(file: string, check: string): readonly string[] {
  if (!/^kustomization\.ya?ml$|^Kustomization$/.test(basename(file))) return [];
  const folder = file.slice(0, -basename(file).length).replace(/(?<=.)\/$/, '') || '.';
  return [`note: what ${file} changes is not seen: kubectl kustomize ${shellQuote(folder)} | ${check}`];
}

async function matching(pattern: string): Promise<readonly string[]> {
  const { glob } = await import('node:fs/promises');
  const found: string[] = [];
  for await (const path of glob(pattern)) found.push(path);
  return found.sort();
}

function isAbsent(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
