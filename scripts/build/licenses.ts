import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { root } from './root.ts';

/** dist/THIRD-PARTY-LICENSES: the licence of every package of which something is in the bundle. Node's own comes with Node. */
export function licenses(metafile: Metafile): void {
  const parts = bundledFolders(metafile).map((folder) => licence(`${root}/${folder}`));
  writeFileSync(`${root}/dist/THIRD-PARTY-LICENSES`, parts.join(`\n${'-'.repeat(80)}\n\n`));
}

function licence(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry)) : undefined;
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
}

/** Of the packages in the bundle, within the checkout, e.g. `node_modules/js-yaml`. */
export function bundledFolders({ inputs }: Metafile): readonly string[] {
  const folders = Object.keys(inputs).flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replace(/^[a-z-]+:/, '')) ?? []);
  return [...new Set(folders)].sort();
}
