import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/environment.ts';
import { type Parts, partNames } from './parts.ts';
import { root } from './root.ts';

/** Most of what any run of `why` does: a pull secret is read, and the registry asked. Then what the part `start` answers alone. */
const typicalRuns = (registryCa: string): readonly (readonly string[])[] => [
  ['why', 'deploy/search', '--probe=never', `--registry-ca=${registryCa}`],
  ['--help'],
  ['why', '--help'],
  ['version'],
  ['__complete', 'why', '--'],
];

/** What V8 knows of each part of a program. */
export type CodeCaches = Readonly<Record<keyof Parts, Buffer>>;

/**
 * What V8 compiles in typical runs, function by function. Without it every start compiles the same functions again: 50 ms. SEA's own code cache holds only
 * what is compiled before anything runs.
 * @throws Error where a run fails
 */
export async function codeCaches(parts: Parts): Promise<CodeCaches> {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-code-cache-'));
  const demo = await startDemo();
  try {
    for (const name of partNames) writeFileSync(join(folder, name), parts[name], 'latin1');
    const runs = typicalRuns(join(demo.directory, 'registry-ca.crt'));
    const args = [`${root}/scripts/build/record.cjs`, folder, JSON.stringify(runs)];
    const child = spawn(process.execPath, args, { env: demo.env, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`a run that the code cache is taken from failed: ${complaint}`);
    const [start, rest] = partNames.map((name) => readFileSync(join(folder, `${name}-cache`))) as [Buffer, Buffer];
    return { start, rest };
  } finally {
    demo.stop();
    rmSync(folder, { recursive: true });
  }
}
