import type { Plugin } from 'esbuild';

/** Packages whose modules only define things, but do not say so in their package.json: of them, only what is used is bundled. */
const definesOnly = /[\\/]node_modules[\\/](yargs|@kubernetes[\\/]client-node)[\\/]/;

export const treeShaking: Plugin = {
  name: 'tree-shaking',
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, pluginData, with: attributes }) => {
      const concerned = /^(yargs|@kubernetes\/client-node)(\/|$)/.test(path) || definesOnly.test(importer);
      if (!concerned || pluginData === treeShaking || kind === 'require-call') return undefined;
      const resolved = await build.resolve(path, { importer, resolveDir, kind, with: attributes, pluginData: treeShaking });
      return definesOnly.test(resolved.path) ? { ...resolved, sideEffects: false } : undefined;
    });
  },
};
