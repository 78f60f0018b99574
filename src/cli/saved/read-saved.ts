import { constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { describedPod } from '../../playbook/saved/describe/pod.ts';
import type { Json } from '../../playbook/saved/fields.ts';
import { SavedObjects } from '../../playbook/saved/objects.ts';
import type { Evidence } from '../../values/evidence.ts';
import { isObject } from '../../values/json-object.ts';
import type { Io } from '../io.ts';
import { osWords } from '../os-words.ts';
import { CommandError } from '../program-errors.ts';
import { filesBelow } from './directory.ts';
import { readTexts } from './read-texts.ts';
import type { SavedFile } from './saved-file.ts';
import { unpack } from './unpack.ts';

/** What a file holds: evidence of --save, or objects of a cluster. */
export interface Saved {
  readonly evidence: readonly Evidence[];
  readonly objects: SavedObjects;
  /** How it is called in messages. */
  readonly name: string;
  /** Objects that were too large, too deeply nested or not well formed. */
  readonly skipped: number;
  /** The flags by which the cluster of the file is reached from here; absent: none was given. */
  readonly reachedBy?: readonly string[];
}

/**
 * Reads evidence of --save; pods, events and what else matters from `kubectl get -o yaml|json`, `kubectl describe pod`,
 * `kubectl cluster-info dump`, a must-gather or a support bundle; as a file, an archive or a directory. What it is is told by its contents.
 * Nothing is unpacked to disk.
 * @param path `-` is standard input
 * @param reachedBy the connection flags that were given beside it
 * @throws CommandError, one line, where it is none of these or cannot be read
 */
export async function readSaved(path: string, io: Io, reachedBy?: readonly string[]): Promise<Saved> {
  const name = path === '-' ? 'standard input' : path;
  const objects = new SavedObjects(io.now());
  const evidence: Evidence[] = [];
  const seen = { skipped: 0, tables: 0 };
  const texts = {
    item: (value: unknown, listKind: string | undefined) => {
      for (const [one, kind] of singles(value, listKind)) {
        if (isEvidence(one)) evidence.push(fromHere(one, reachedBy));
        else objects.add(one, kind);
      }
    },
    skipped: () => {
      seen.skipped++;
    },
    described: (lines: readonly string[]) => {
      const described = describedPod(lines, io.now());
      if (described !== null) objects.addDescribed(described);
    },
    table: () => {
      seen.tables++;
    },
  };
  try {
    await readTexts(filesOf(path, name, io), texts, name, io.signal);
  } catch (error) {
    throw readable(error, name);
  }
  if (evidence.length === 0 && objects.isEmpty) throw new CommandError(nothing(name, seen));
  return { evidence, objects, name, skipped: seen.skipped, ...(reachedBy && { reachedBy }) };
}

async function* filesOf(path: string, name: string, io: Io): AsyncGenerator<SavedFile> {
  if (path === '-') return yield* unpack(name, io.stdin.chunks());
  const found = await stat(path);
  if (found.isDirectory()) yield* filesBelow(path);
  else yield* unpack(name, found.isFIFO() ? readPipe(path, io.signal) : createReadStream(path, { highWaterMark: 256 * 1024 }));
}

function readable(error: unknown, name: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new CommandError(`error: the path "${name}" does not exist`, { cause: error });
  return code !== undefined && syscall !== undefined
    ? new CommandError(`error: unable to read ${name}: ${osWords(code)}`, { cause: error })
    : error;
}

function nothing(name: string, { skipped, tables }: { readonly skipped: number; readonly tables: number }): string {
  if (tables > 0) return `error: ${name} holds a table of kubectl get: save it with -o yaml or -o json`;
  const damaged =
    skipped > 0
      ? ` (${skipped} ${skipped === 1 ? 'object' : 'objects'} in it could not be read: cut off, too large or not well formed)`
      : '';
  return `error: ${name} holds no pods, events or evidence${damaged}: give a file of --save, kubectl get pods,events -o yaml|json, kubectl describe pod, kubectl cluster-info dump, a must-gather or a support bundle`;
}

/**
 * An object, or those of a list that is an item of another, or whose items did not come one by one: with the kind of the list that each
 * stood in.
 */
function* singles(value: unknown, listKind: string | undefined): Generator<readonly [one: Json, listKind: string | undefined]> {
  if (!isObject(value)) return;
  const { kind, items } = value;
  if (!Array.isArray(items)) yield [value, listKind];
  else for (const item of items) yield* singles(item, typeof kind === 'string' ? kind : undefined);
}

function isEvidence(value: unknown): value is Evidence {
  return isObject(value) && value.apiVersion === 'imagepull/v1' && value.kind === 'PullEvidence';
}

/** A file does not say how its cluster is reached from where it is read. */
function fromHere({ reachedBy: _, ...evidence }: Evidence, reachedBy: readonly string[] | undefined): Evidence {
  return { ...evidence, ...(reachedBy && { reachedBy }) };
}

/** A pipe may have no writer yet: a blocking open or read of it could not be interrupted. */
function readPipe(path: string, signal: AbortSignal): Socket {
  const { O_RDONLY, O_NONBLOCK } = constants;
  return addAbortSignal(signal, new Socket({ fd: openSync(path, O_RDONLY | O_NONBLOCK), readable: true, writable: false }));
}
