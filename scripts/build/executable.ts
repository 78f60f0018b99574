import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeCache } from './code-cache.ts';
import { root } from './root.ts';

const require = createRequire(import.meta.url);

/** What pkg's `--sea` runs for a single file. Its command line does not pass `seaConfig` on in this mode (6.23.0), so it is called here. */
const { default: sea } = require('@yao-pkg/pkg/lib-es5/sea.js');

export const executablePath = `${root}/dist/kubectl-imagepull${process.platform === 'win32' ? '.exe' : ''}`;

/**
 * Node of this machine with the bundle in it, and with what V8 compiled of it in a typical run. It must be the Node that runs this script: blob and base have to be of the very same version,
 * and the code cache loads only on the platform that made it.
 */
export async function executable(bundlePath: string, output = executablePath): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-executable-'));
  try {
    const assets = { program: join(folder, 'program'), 'code-cache': join(folder, 'code-cache') };
    writeFileSync(assets.program, asModule(readFileSync(bundlePath, 'latin1')), 'latin1');
    writeFileSync(assets['code-cache'], await codeCache(assets.program));
    await sea(`${root}/scripts/build/launcher.cjs`, {
      useLocalNode: true,
      signature: true,
      targets: [{ nodeRange: `node${process.versions.node}`, platform: pkgPlatform(), arch: process.arch, output }],
      seaConfig: {
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        useCodeCache: true,
        assets,
        // The user's NODE_OPTIONS are meant for other programs, and Node's warnings for programmers.
        execArgv: ['--no-warnings'],
        execArgvExtension: 'none',
      },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pkgPlatform(): string {
  if (process.platform === 'darwin') return 'macos';
  return process.platform === 'win32' ? 'win' : process.platform;
}

/** As Node wraps a CommonJS module. */
export function asModule(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n});`;
}
