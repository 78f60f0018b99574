import type { Io } from '../io.ts';
import type { Saved } from './read-saved.ts';

/** Says on standard error what of a file was not read: an answer that is not whole must not pass for one that is. */
export function warnOfGaps({ name, skipped, objects }: Saved, io: Io): void {
  const warn = (count: number, what: string) => {
    if (count > 0) io.stderr.write(`warning: ${count.toLocaleString('en-US')} ${count === 1 ? 'object' : 'objects'} in ${name} ${what}\n`);
  };
  warn(skipped, 'could not be read: cut off, too large or not well formed');
  warn(objects.dropped, `${objects.dropped === 1 ? 'was' : 'were'} left out: there are too many`);
}
