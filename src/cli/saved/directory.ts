import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CommandError } from '../program-errors.ts';
import { limits } from './limits.ts';
import type { SavedFile } from './saved-file.ts';

/**
 * The plain files below a directory, in the order of their names. Links, devices and pipes are passed over.
 * @throws CommandError where there are too many
 */
export async function* filesBelow(root: string): AsyncGenerator<SavedFile> {
  let count = 0;
  for await (const path of pathsBelow(root, 0)) {
    if (++count > limits.files)
      throw new CommandError(`error: ${root} holds more than ${limits.files.toLocaleString('en-US')} files: name one below it`);
    yield { name: relative(root, path), isPart: true, chunks: chunksOf(path) };
  }
}

async function* pathsBelow(directory: string, depth: number): AsyncGenerator<string> {
  if (depth > limits.depth) return;
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* pathsBelow(path, depth + 1);
    else if (entry.isFile()) yield path;
  }
}

/** Opens the file when its first bytes are asked for: most files of a dump are passed over by their names. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 256 * 1024 });
}
