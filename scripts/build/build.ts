// npm run build: dist/kubectl-imagepull.cjs, and dist/kubectl-imagepull for this machine. With --bundle only the first.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { bundle, bundlePath } from './bundle.ts';
import { executable, executablePath } from './executable.ts';
import { licenses } from './licenses.ts';
import { bundleParts } from './parts.ts';
import { root } from './root.ts';
import { sizes } from './sizes.ts';

mkdirSync(`${root}/dist`, { recursive: true });
const metafile = await bundle();
licenses(metafile);
console.log(sizes(metafile));
report(bundlePath);

if (!process.argv.includes('--bundle')) {
  rmSync(executablePath, { force: true });
  await executable((await bundleParts()).parts);
  report(executablePath);
}

function report(path: string): void {
  console.log(`${path.slice(root.length + 1)}  ${(statSync(path).size / 1024).toFixed(0)} KiB`);
}
