import type { Plugin } from 'esbuild';

/**
 * client-node imports all it has when it is loaded: 700 models, undici, and what rare kinds of credentials need. Nothing here sends requests through it,
 * so its transport and models are left out (whoever calls them gets an error that says so); the rest is loaded when it is touched.
 */
const leftOut = /^(undici|isomorphic-ws|ws|tar-fs|stream-buffers|form-data|\.\/gen\/.*)$/;
const whenTouched = /^(openid-client|socks|socks-proxy-agent|hpagent|jsonpath-plus)$/;

const fromClientNode = /[\\/]@kubernetes[\\/]client-node[\\/]/;

export const clientNode: Plugin = {
  name: 'client-node',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer, resolveDir, kind }) => {
      if (!fromClientNode.test(importer) || kind === 'require-call') return undefined;
      if (leftOut.test(path)) return { path, namespace: 'left-out', sideEffects: false };
      return whenTouched.test(path) ? { path, namespace: 'when-touched', pluginData: resolveDir, sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({ contents: leftOutModule(path) }));
    build.onLoad({ filter: /./, namespace: 'when-touched' }, ({ path, pluginData }) => ({
      contents: whenTouchedModule(path),
      resolveDir: pluginData,
    }));
  },
};

/** esbuild reads the exports of a CommonJS module through its prototype, so that a Proxy there answers for names that are not known yet. */
function leftOutModule(path: string): string {
  return `module.exports = Object.create(new Proxy({}, {
    get: (_, name) => class { constructor() { throw new Error(${JSON.stringify(path)} + ' is not part of this program: ' + String(name)); } },
  }));`;
}

function whenTouchedModule(path: string): string {
  return `module.exports = Object.create(new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] }));`;
}
