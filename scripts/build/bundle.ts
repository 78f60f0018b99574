import { writeFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { clientNode } from './client-node-plugin.ts';
import { resources } from './resources-plugin.ts';
import { root } from './root.ts';

export const bundlePath = `${root}/dist/kubectl-imagepull.cjs`;

/** All of src in one minified CommonJS file. What is imported by import() stays unevaluated in it until it is called for. */
export async function bundle(): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: bundlePath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node26',
    minify: true,
    // Errors are told apart by their class, and stacks are read by people.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // yargs' ES module finds its own path by import.meta, which CommonJS lacks; this file of it has no extension.
    alias: { yargs: `${root}/node_modules/yargs/yargs` },
    loader: { '': 'js' },
    plugins: [resources, clientNode],
  });
  writeFileSync(`${root}/dist/bundle.json`, JSON.stringify(metafile));
  return metafile;
}
