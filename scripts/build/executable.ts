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

/** As pkg names platforms: `linux`, `macos`, `win`. */
export interface Target {
  readonly platform: string;
  readonly arch: string;
  readonly output: string;
}

/** Node of this machine with the bundle in it, and with what V8 compiled of it in a typical run. It must be the Node that runs this script. */
export async function executable(bundlePath: string, output = executablePath): Promise<void> {
  await bake(bundlePath, [{ platform: pkgPlatform(), arch: process.arch, output }], {
    useLocalNode: true,
    signature: true,
    withCodeCache: true,
  });
}

export interface BakeOptions {
  /** This Node is the base; otherwise pkg takes its own, from its cache or nodejs.org. */
  readonly useLocalNode: boolean;
  /** pkg signs for macOS if it can, and only warns if it cannot. */
  readonly signature: boolean;
  /** The code cache loads only on the platform that made it. */
  readonly withCodeCache: boolean;
}

/** Puts the bundle into a Node for each target. Blob and base have to be of the very same version: that of the Node that runs this script. */
export async function bake(bundlePath: string, targets: readonly Target[], options: BakeOptions): Promise<void> {
  const { useLocalNode, signature, withCodeCache } = options;
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-executable-'));
  try {
    const assets = { program: join(folder, 'program'), 'code-cache': join(folder, 'code-cache') };
    writeFileSync(assets.program, asModule(readFileSync(bundlePath, 'latin1')), 'latin1');
    writeFileSync(assets['code-cache'], withCodeCache ? await codeCache(assets.program) : '');
    await sea(`${root}/scripts/build/launcher.cjs`, {
      useLocalNode,
      signature,
      targets: targets.map((target) => ({ ...target, nodeRange: `node${process.versions.node}` })),
      seaConfig: {
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        useCodeCache: withCodeCache,
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

export function pkgPlatform(): string {
  if (process.platform === 'darwin') return 'macos';
  return process.platform === 'win32' ? 'win' : process.platform;
}

/** As Node wraps a CommonJS module. */
export function asModule(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n});`;
}
