import { randomBytes } from 'node:crypto';
import { constants, fstatSync, type Stats } from 'node:fs';
import { access, appendFile, type FileHandle, open, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Evidence } from '../values/evidence.ts';
import { because } from './files.ts';

interface EvidenceList {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullEvidenceList';
  readonly items: readonly Evidence[];
}

/**
 * Writes evidence where `path` leads, links followed. A regular file is replaced whole or not at all, and is then for the user's eyes only;
 * what is none (a device, a named pipe, /dev/stderr) is written to.
 * @param signal ends the wait for somebody who reads a named pipe
 * @throws CommandError
 */
export async function saveEvidence(path: string, items: readonly Evidence[], signal: AbortSignal): Promise<void> {
  const list: EvidenceList = { apiVersion: 'imagepull/v1', kind: 'PullEvidenceList', items: items.map(forOthers) };
  const text = `${JSON.stringify(list, null, 2)}\n`;
  try {
    await write(path, text, signal);
  } catch (error) {
    because(`unable to save the evidence to ${path}`)(error);
  }
}

/** Who reads the file reaches the cluster in another way, or not at all: another's context of the same name may be another cluster. */
function forOthers({ reachedBy: _, ...evidence }: Evidence): Evidence {
  return evidence;
}

async function write(path: string, text: string, signal: AbortSignal): Promise<void> {
  const found = await stat(path).catch(absent);
  if (found?.isFIFO()) return writeToPipe(path, text, signal);
  if (found && (!found.isFile() || isOwnOutput(found))) return appendFile(path, text);
  if (found) await requireWritable(path, found.mode);
  return replace(await leadsTo(path), text);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error;
  return null;
}

/** A file that nobody may write to is left alone, also by who may do everything. */
async function requireWritable(path: string, mode: number): Promise<void> {
  await access(path, constants.W_OK);
  if ((mode & 0o222) === 0) throw Object.assign(new Error(), { code: 'EACCES' });
}

/** The kernel follows no more either (Linux: MAXSYMLINKS). */
const mostLinks = 40;

/** Where a path leads, whether or not anything is there. */
async function leadsTo(path: string, links = mostLinks): Promise<string> {
  const link = links === 0 ? null : await readlink(path).catch(() => null);
  return link === null ? path : leadsTo(resolve(await realpath(dirname(path)), link), links - 1);
}

async function replace(path: string, text: string): Promise<void> {
  const part = `${path}.${randomBytes(8).toString('hex')}.part`;
  try {
    await writeFile(part, text, { mode: 0o600, flag: 'wx' });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** `/dev/stdout` leads to the very file that the output goes to: replaced, the report would be lost. */
function isOwnOutput({ dev, ino }: Stats): boolean {
  return [1, 2].some((descriptor) => {
    try {
      const own = fstatSync(descriptor);
      return own.dev === dev && own.ino === ino;
    } catch {
      return false;
    }
  });
}

async function writeToPipe(path: string, text: string, signal: AbortSignal): Promise<void> {
  const held = await openForReader(path, signal);
  try {
    await appendFile(path, text);
  } finally {
    await held.close();
  }
}

const pollMilliseconds = 100;

/**
 * Waits until somebody reads the pipe, without a thread that is blocked: the end of the program would wait for it. What is returned is only
 * to be held: without it the reader would see the end before the first byte.
 */
async function openForReader(path: string, signal: AbortSignal): Promise<FileHandle> {
  while (true) {
    const held = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENXIO') throw error;
      return null;
    });
    if (held) return held;
    await sleep(pollMilliseconds, undefined, { signal });
  }
}
