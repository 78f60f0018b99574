// node record.cjs FOLDER RUNS: runs the program whose parts are in FOLDER, with each list of arguments in RUNS (JSON), one after the other, and writes what V8
// compiled for them to FOLDER/PART-cache. Ends with the first run that fails. Called by code-cache.ts.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { runParts } = require('./run-parts.cjs');

const [folder, json] = process.argv.splice(2);
const runs = JSON.parse(json);
process.argv.push(...runs.shift());
const { run, scripts } = runParts((name) => ({ source: readFileSync(join(folder, name), 'latin1') }), { require, __filename, __dirname });
process.on('beforeExit', () => {
  const next = process.exitCode ? undefined : runs.shift();
  if (next === undefined) return;
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...next);
  setImmediate(run); // Work for the event loop, without which this event does not come again.
});
process.on('exit', () => {
  for (const [name, script] of scripts) writeFileSync(join(folder, `${name}-cache`), script.createCachedData());
});
