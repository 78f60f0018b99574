import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/environment.ts';
import { root } from './root.ts';

/** Most of what any run of `why` does: a pull secret is read, and the registry asked. */
const typicalRun = ['why', 'deploy/search', '--probe=never'];

/**
 * What V8 compiles in a typical run, function by function. Without it every start compiles the same functions again: 50 ms. SEA's own code cache holds only
 * what is compiled before anything runs.
 * @param program path of the bundle, wrapped as a CommonJS module
 * @throws Error where the run fails
 */
export async function codeCache(program: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-code-cache-'));
  const cache = join(folder, 'cache');
  const demo = await startDemo();
  try {
    const args = [
      `${root}/scripts/build/record.cjs`,
      program,
      cache,
      ...typicalRun,
      `--registry-ca=${join(demo.directory, 'registry-ca.crt')}`,
    ];
    const child = spawn(process.execPath, args, { env: demo.env, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the run that the code cache is taken from failed: ${complaint}`);
    return readFileSync(cache);
  } finally {
    demo.stop();
    rmSync(folder, { recursive: true });
  }
}
