const { Script } = require('node:vm');

/**
 * Evaluates the part `start` (parts.ts), and the part `rest` once `start` calls for it.
 * @param read gives the source of a part by its name, and what V8 knows of it (cachedData): one that is empty, or of another V8 or processor, is passed over,
 * and V8 then compiles anew
 * @returns run: evaluates `start` again; scripts: what has been evaluated, by name
 */
exports.runParts = function runParts(read, { require: builtIn, __filename, __dirname }) {
  const scripts = new Map();
  let rest;

  function evaluate(name, require) {
    const { source, cachedData } = read(name);
    const script = scripts.get(name) ?? new Script(source, { filename: `imagepull:${name}`, cachedData });
    scripts.set(name, script);
    const module = { exports: {} };
    script.runInThisContext()(module.exports, require, module, __filename, __dirname);
    return module.exports;
  }

  function requireFromStart(name) {
    if (name !== 'rest') return builtIn(name);
    rest ??= evaluate('rest', builtIn);
    return rest;
  }

  const run = () => evaluate('start', requireFromStart);
  run();
  return { run, scripts };
};
