import { fileURLToPath } from 'node:url';
import type { Target } from './targets.ts';
import { isInstalled, runTool } from './tools.ts';

const entitlements = fileURLToPath(new URL('entitlements.plist', import.meta.url));

/** Why no signature can be made here; null where it can, or where none is needed. */
export function cannotSign({ os }: Target): string | null {
  if (os !== 'darwin' || signer() !== null) return null;
  return 'macOS kills a program without a signature, and neither codesign (on a Mac) nor rcodesign (`cargo install apple-codesign --version 0.29.0`) is installed here';
}

/**
 * Signs a program for macOS ad hoc, that is, without an identity: what its kernel asks for. Injecting the bundle has broken Node's own signature.
 * It comes back only when the tool that is not ours has verified it.
 * @throws ToolError
 */
export function sign({ os }: Target, program: string, identifier: string): void {
  if (os !== 'darwin') return;
  if (signer() === 'codesign') {
    runTool('codesign', '--force', '--sign', '-', '--identifier', identifier, '--entitlements', entitlements, program);
    runTool('codesign', '--verify', '--strict', '--verbose=2', program);
  } else {
    runTool('rcodesign', 'sign', '--binary-identifier', identifier, '--entitlements-xml-path', entitlements, program);
    runTool('rcodesign', 'verify', program);
  }
}

function signer(): 'codesign' | 'rcodesign' | null {
  if (process.platform === 'darwin') return 'codesign';
  return isInstalled('rcodesign') ? 'rcodesign' : null;
}
