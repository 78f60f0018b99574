import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { codeCaches } from './code-cache.ts';
import { type Parts, partNames } from './parts.ts';
import { root } from './root.ts';
import { withoutLibatomic } from './without-libatomic.ts';

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

/** Node of this machine with the program in it, and with what V8 compiled of it in typical runs. It must be the Node that runs this script. */
export async function executable(parts: Parts, output = executablePath): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-node-'));
  try {
    const options = { node: nodeFor(folder), signature: true, withCodeCache: true };
    await bake(parts, [{ platform: pkgPlatform(), arch: process.arch, output }], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** This Node; on Linux a copy that starts on minimal systems too. */
function nodeFor(folder: string): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  if (process.platform !== 'linux' || (arch !== 'amd64' && arch !== 'arm64')) return process.execPath;
  const copy = join(folder, 'node');
  copyFileSync(process.execPath, copy);
  withoutLibatomic(copy, arch);
  return copy;
}

export interface BakeOptions {
  /** The Node that is the base; null: pkg takes its own, from its cache or nodejs.org. */
  readonly node: string | null;
  /** pkg signs for macOS if it can, and only warns if it cannot. */
  readonly signature: boolean;
  /** The code cache loads only on the platform that made it. */
  readonly withCodeCache: boolean;
}

/** Puts the program into a Node for each target. Blob and base have to be of the very same version: that of the Node that runs this script. */
export async function bake(parts: Parts, targets: readonly Target[], options: BakeOptions): Promise<void> {
  const { node, signature, withCodeCache } = options;
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-executable-'));
  const asset = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content, 'latin1');
    return [name, join(folder, name)] as const;
  };
  try {
    const caches = withCodeCache ? await codeCaches(parts) : { start: '', rest: '' };
    const assets = partNames.flatMap((name) => [asset(name, parts[name]), asset(`${name}-cache`, caches[name])]);
    const launcher = join(folder, 'launcher.cjs');
    await build({ entryPoints: [`${root}/scripts/build/launcher.cjs`], outfile: launcher, bundle: true, platform: 'node', format: 'cjs' });
    await sea(launcher, {
      ...(node !== null && { nodePath: node }),
      signature,
      targets: targets.map((target) => ({ ...target, nodeRange: `node${process.versions.node}` })),
      seaConfig: {
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        useCodeCache: withCodeCache,
        assets: Object.fromEntries(assets),
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
