import { spawnSync } from 'node:child_process';

/** What a tool said when it failed: its last line is usually what matters. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

export function isInstalled(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Runs a tool to its end and returns its standard output. @throws ToolError */
export function runTool(tool: string, ...args: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error !== undefined) throw new ToolError(`${tool}: ${error.message}`);
  if (status !== 0) throw new ToolError(`${tool} failed (exit code ${status}): ${stderr.trim().split('\n').slice(-3).join(' | ')}`);
  return stdout;
}

/** All that a tool says, on either output, whatever its exit code. @throws ToolError where it cannot be run */
export function runToolAnyway(tool: string, ...args: readonly string[]): string {
  const { error, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error !== undefined) throw new ToolError(`${tool}: ${error.message}`);
  return `${stdout}\n${stderr}`;
}
