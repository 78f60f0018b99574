// The executable's entry: evaluates the bundle with what V8 had compiled of it when the build ran it (code-cache.ts). A cache that is empty, or of another
// V8 or processor, is passed over: V8 then compiles anew.
const { getRawAsset } = require('node:sea');
const { Script } = require('node:vm');

const source = Buffer.from(getRawAsset('program')).latin1Slice();
const cachedData = Buffer.from(getRawAsset('code-cache'));
const script = new Script(source, { filename: __filename, cachedData });
script.runInThisContext()(exports, require, module, __filename, __dirname);
