// node record.cjs PROGRAM CACHE ARGUMENT…: runs the program, and writes what V8 compiled for it to CACHE. Called by code-cache.ts.
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const [program, cache] = process.argv.splice(2, 2);
const script = new Script(readFileSync(program, 'latin1'), { filename: program });
process.on('exit', () => writeFileSync(cache, script.createCachedData()));
script.runInThisContext()(exports, require, module, __filename, __dirname);
