import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Anything shorter may stand in the file for something else. */
const shortest = 16;

/**
 * Replaces texts in a file, under the lock that kubectl takes for kubeconfigs (client-go: tools/clientcmd/loader.go lockFile). Everything
 * else in the file, comments too, stays as it is. Texts of less than 16 characters are not replaced. A file that cannot be changed is left
 * alone.
 */
export function replaceInFile(file: string, replacements: readonly (readonly [from: string, to: string])[]): void {
  const wanted = replacements.filter(([from, to]) => from.length >= shortest && to !== '' && from !== to);
  if (file === '' || wanted.length === 0) return;
  const lock = `${file}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0));
  } catch {
    return;
  }
  try {
    const target = realpathSync(file);
    const before = readFileSync(target, 'utf8');
    const after = wanted.reduce((text, [from, to]) => text.replaceAll(from, () => to), before);
    const temporary = `${target}.new`;
    writeFileSync(temporary, after, { mode: statSync(target).mode & 0o777, flag: 'wx' });
    renameSync(temporary, target);
  } catch {
    // The tokens are good for this run all the same.
  } finally {
    rmSync(lock, { force: true });
  }
}
