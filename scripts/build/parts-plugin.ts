import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from './root.ts';

/** What the part `start` holds besides what main.ts imports at once. Whatever else is imported by import() is in the part `rest`. */
const inStart = /^src\/cli\/(help|commands\/(version|completion|complete))\.ts$/;

/** The modules that are imported from one part and are in the other: paths within the checkout. */
export type Late = Set<string>;

/** Puts `require('rest')(PATH)` in the place of each module that is in the other part, and notes its path. */
export function lateIn(late: Late): Plugin {
  return {
    name: 'parts',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
        const module = relative(root, join(resolveDir, path)).replaceAll('\\', '/');
        if (kind !== 'dynamic-import' || inStart.test(module)) return undefined;
        late.add(module);
        return { path: module, namespace: 'late' };
      });
      build.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
        contents: `module.exports = require('rest')(${JSON.stringify(path)});`,
      }));
      build.onResolve({ filter: /^rest$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** The source of the part `rest`: a function from a module's path to what it exports. */
export function restEntry(late: Late): string {
  const modules = [...late].map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)})`);
  return `const modules = {${modules.join(',')}}; module.exports = (path) => modules[path]();`;
}
