// The executable's entry: evaluates the program with what V8 had compiled of it when the build ran it (code-cache.ts).
const { getRawAsset } = require('node:sea');
const { runParts } = require('./run-parts.cjs');

const asset = (name) => Buffer.from(getRawAsset(name));
runParts((name) => ({ source: asset(name).latin1Slice(), cachedData: asset(`${name}-cache`) }), { require, __filename, __dirname });
