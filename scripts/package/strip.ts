import { isHost, type Target } from './targets.ts';
import { isInstalled, runTool } from './tools.ts';

/**
 * Takes the symbols for debuggers out of a Node: a quarter of it. Addons could want the dynamic ones, which stay. Node for Windows has none.
 * @returns null: done, or nothing to do; otherwise why it was not
 */
export function strip(target: Target, node: string): string | null {
  if (target.os === 'windows') return null;
  // On macOS, only local symbols: the linker's own tool warns of more.
  const flags = target.os === 'darwin' ? ['-x'] : [];
  const tool = isInstalled('llvm-strip') ? 'llvm-strip' : isHost(target) ? 'strip' : null;
  if (tool === null)
    return 'llvm-strip (of LLVM, in most distributions the package llvm) is not installed, which strips for every platform';
  runTool(tool, ...flags, node);
  return null;
}
