import { readFile, stat } from 'node:fs/promises';
import { objectsIn } from '../../playbook/check/pod-specs.ts';
import type { Json } from '../../playbook/json.ts';
import { pluginCalled } from '../../words/kubectl.ts';
import { shellQuote } from '../../words/shell.ts';
import { namespaceWords } from '../connection-flags.ts';
import type { Io } from '../io.ts';
import { osWords } from '../os-words.ts';
import type { CheckRequest } from '../request.ts';
import { type FoundFiles, findFiles } from './find-files.ts';

/** The longest manifest that is read, in bytes. */
const longest = 32 * 1024 * 1024;

export interface ManifestObject {
  readonly object: Json;
  /** Where it is written; `-` is standard input. */
  readonly file: string;
}

export interface Manifests {
  readonly objects: readonly ManifestObject[];
  /** Files, or parts of them, that could not be read: each a line in kubectl's words. */
  readonly errors: readonly string[];
  /** What was left out on purpose: each a line. */
  readonly notes: readonly string[];
}

/**
 * The objects in files of manifests, YAML or JSON, in the order given; `-` is standard input, and of a directory its *.yaml, *.yml and
 * *.json. What cannot be read is told of, and leaves the rest as it is.
 */
export async function readManifests(
  paths: readonly string[],
  { recursive, reachedBy, connection }: Pick<CheckRequest, 'recursive' | 'reachedBy' | 'connection'>,
  io: Io,
): Promise<Manifests> {
  const check = pluginCalled(io.program, reachedBy, 'check', '-f', '-', ...namespaceWords(connection));
  const found = await Promise.all(paths.map((path) => find(path, recursive, check)));
  const files = [...new Set(found.flatMap(({ files }) => files))];
  const read = await Promise.all(files.map((file) => readObjects(file, check, io)));
  return {
    objects: read.flatMap(({ objects }) => objects),
    errors: [...found, ...read].flatMap(({ errors }) => errors),
    notes: [...new Set(found.flatMap(({ notes }) => notes))],
  };
}

async function find(path: string, recursive: boolean, check: string): Promise<FoundFiles & Pick<Manifests, 'errors'>> {
  const none = { files: [], notes: [] };
  if (/^https?:\/\//.test(path)) {
    return {
      ...none,
      errors: [`error: ${path} is not a file: fetch it yourself, e.g. curl -fsSL ${shellQuote(path)} | ${check}`],
    };
  }
  try {
    return { ...(await findFiles(path, recursive, check)), errors: [] };
  } catch (error) {
    return { ...none, errors: [wordsFor(error, path)] };
  }
}

async function readObjects(file: string, check: string, io: Io): Promise<Pick<Manifests, 'objects' | 'errors'>> {
  let text: string;
  try {
    text = await readText(file, io);
  } catch (error) {
    return { objects: [], errors: [wordsFor(error, file)] };
  }
  const { documents, faults } = (await import('./parse-documents.ts')).parseDocuments(text);
  const name = file === '-' ? 'STDIN' : file;
  return {
    objects: objectsIn(documents).map((object) => ({ object, file })),
    errors: faults.map((fault) => `error: error parsing ${name}: ${templateHint(text, check) ?? fault}`),
  };
}

/** Helm's files are no YAML before they are rendered: where that goes wrong says nothing. */
function templateHint(text: string, check: string): string | null {
  return /\{\{.*\}\}/.test(text) ? `it is a template, to be rendered first: helm template CHART | ${check}` : null;
}

async function readText(path: string, io: Io): Promise<string> {
  if (path === '-') return io.stdin.text(longest);
  const { size } = await stat(path);
  if (size > longest) throw new Error(`it is larger than ${longest / 1024 / 1024} MiB`);
  return readFile(path, 'utf8');
}

function wordsFor(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT'
    ? `error: the path "${path}" does not exist`
    : `error: unable to read ${path}: ${code ? osWords(code) : message}`;
}
