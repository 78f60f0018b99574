import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** krew tells archives by their first bytes, not by their names (internal/download/downloader.go). */
const kinds: readonly (readonly [ending: string, signature: Buffer])[] = [
  ['.tar.gz', Buffer.from([0x1f, 0x8b])],
  ['.zip', Buffer.from('PK\u0003\u0004')],
];

const licenses = new Set([
  'license',
  'license.txt',
  'license.md',
  'licenses',
  'licenses.txt',
  'licenses.md',
  'copying',
  'copying.txt',
  'copying.md',
]);

/** What is wrong with an archive that the manifest says has `bin` in it; the system's tar lists it, so that it is not judged by what made it. */
export function archiveFaults(path: string, bin: string): readonly string[] {
  const kind = kinds.find(([ending]) => path.endsWith(ending));
  if (kind === undefined) return ['an archive must be a .zip or .tar.gz'];
  if (!readFileSync(path).subarray(0, kind[1].length).equals(kind[1])) return ['the contents are not what the name says'];
  return entryFaults(kind[0] === '.zip' ? zipEntries(path) : tarEntries(path), bin);
}

export interface Listed {
  readonly name: string;
  /** As ls shows it: `-rwxr-xr-x`. */
  readonly mode: string;
}

/** Exported for its test. */
export function entryFaults(entries: readonly Listed[], bin: string): readonly string[] {
  const faults: string[] = [];
  for (const { name, mode } of entries) {
    if (!/^[-d]/.test(mode)) faults.push(`${name} is neither a file nor a folder: krew aborts at links`);
    if (name.includes('..') || /^[/\\]/.test(name)) faults.push(`${name}: krew aborts at absolute names, and at .. anywhere in a name`);
  }
  const program = entries.find(({ name }) => name === bin);
  if (program === undefined) faults.push(`${bin} is not in it`);
  else if (program.mode !== '-rwxr-xr-x') faults.push(`${bin} must have the mode 0755`);
  if (!entries.some(({ name }) => licenses.has(name.toLowerCase()))) faults.push('the index demands a license file in it');
  return faults;
}

function tarEntries(path: string): readonly Listed[] {
  return lines('tar', ['-tvzf', path]).map((line) => {
    const words = line.split(/\s+/);
    return { mode: words[0] ?? '', name: words.at(-1) ?? '' };
  });
}

function zipEntries(path: string): readonly Listed[] {
  return lines('unzip', ['-Z', '-s', path])
    .filter((line) => /^[-dl?]/.test(line))
    .map((line) => ({ mode: line.split(/\s+/)[0] ?? '', name: line.split(/\s+/).at(-1) ?? '' }));
}

function lines(tool: string, args: readonly string[]): readonly string[] {
  return execFileSync(tool, args, { encoding: 'utf8' }).trim().split('\n');
}
