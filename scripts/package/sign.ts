import { fileURLToPath } from 'node:url';
import type { Target } from './targets.ts';
import { isInstalled, runTool, runToolAnyway, ToolError } from './tools.ts';

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
    const faults = signatureFaults(runToolAnyway('rcodesign', 'verify', program));
    if (faults.length > 0) throw new ToolError(`rcodesign does not verify ${program}: ${faults.join('; ')}`);
  }
}

/** A signature without an identity holds an empty CMS message, which rcodesign 0.29 takes for a broken one; its other two lines say nothing of the file. */
const saidOfEverySignature = [
  /^CMS error: missing further values \(at position 0\)$/,
  /^\(the verify command is known to be buggy /,
  /^Error: problems reported during verification$/,
];

/** What `rcodesign verify` found wrong with an ad-hoc signature, a line each: a digest that differs, or that there is no signature. */
export function signatureFaults(output: string): readonly string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => !saidOfEverySignature.some((said) => said.test(line)));
}

function signer(): 'codesign' | 'rcodesign' | null {
  if (process.platform === 'darwin') return 'codesign';
  return isInstalled('rcodesign') ? 'rcodesign' : null;
}
