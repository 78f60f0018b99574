import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/root.ts';
import { nodeLicense } from './bases.ts';
import { cacheFolder } from './cache-folder.ts';

const rule = `\n\n${'='.repeat(80)}\n`;

/** The LICENSE of an archive, which may have no third file: the program's, and those of all that is in it, Node included. */
export function archiveLicense(): string {
  const own = readFileSync(`${root}/LICENSE`, 'utf8').trim();
  const bundled = readFileSync(`${root}/dist/THIRD-PARTY-LICENSES`, 'utf8').trim();
  const node = nodeLicense(join(cacheFolder, 'license')).trim();
  return `${own}${rule}Packages in the program\n\n${bundled}${rule}Node.js ${process.version}, which the program runs on\n\n${node}\n`;
}
