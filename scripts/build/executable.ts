import { createRequire } from 'node:module';
import { root } from './root.ts';

const require = createRequire(import.meta.url);

/** What pkg's `--sea` runs for a single file. Its command line does not pass `seaConfig` on in this mode (6.23.0), so it is called here. */
const { default: sea } = require('@yao-pkg/pkg/lib-es5/sea.js');

export const executablePath = `${root}/dist/kubectl-imagepull${process.platform === 'win32' ? '.exe' : ''}`;

/**
 * Node of this machine with the bundle in it. It must be the Node that runs this script: blob and base have to be of the very same version,
 * and the code cache loads only on the platform that made it.
 */
export async function executable(bundlePath: string): Promise<void> {
  await sea(bundlePath, {
    useLocalNode: true,
    signature: true,
    targets: [{ nodeRange: `node${process.versions.node}`, platform: pkgPlatform(), arch: process.arch, output: executablePath }],
    seaConfig: {
      disableExperimentalSEAWarning: true,
      useSnapshot: false,
      useCodeCache: true,
      // The user's NODE_OPTIONS are meant for other programs, and Node's warnings for programmers.
      execArgv: ['--no-warnings'],
      execArgvExtension: 'none',
    },
  });
}

function pkgPlatform(): string {
  if (process.platform === 'darwin') return 'macos';
  return process.platform === 'win32' ? 'win' : process.platform;
}
