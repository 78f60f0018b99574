import { readFileSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { clientNode } from './client-node-plugin.ts';
import { resources } from './resources-plugin.ts';
import { root } from './root.ts';
import { treeShaking } from './tree-shaking-plugin.ts';

export const bundlePath = `${root}/dist/kubectl-imagepull.cjs`;

/** How src becomes minified CommonJS. What is imported by import() stays unevaluated in it until it is called for. */
export const settings = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node26',
  // import() of a built-in module as require: the loader of ES modules costs 6 ms at its first use.
  supported: { 'dynamic-import': false },
  minify: true,
  // Errors are told apart by their class, and stacks are read by people.
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [resources, clientNode, treeShaking],
} as const satisfies BuildOptions;

/** All of src in one file, for who runs it with a Node of their own. */
export async function bundle(outfile = bundlePath): Promise<Metafile> {
  const { metafile } = await build({ ...settings, plugins: [...settings.plugins], entryPoints: ['src/main.ts'], outfile });
  writeFileSync(outfile, inAscii(readFileSync(outfile, 'utf8')));
  return metafile;
}

/** esbuild leaves regular expressions as they are; a source that is all ASCII takes V8 half the memory. The escape means the same wherever it stands,
 * but in a raw template. */
export function inAscii(source: string): string {
  return source.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
