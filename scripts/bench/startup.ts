// node scripts/bench/startup.ts [TURNS]                  how long --help, version and a completion take, against a bare executable of this Node
// node scripts/bench/startup.ts [TURNS] -- POD [-n NS]…  and how long why takes, against kubectl describe pod (needs a cluster)
// The binary must have been built: npm run build. Exit code 1 when a goal is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { executablePath } from '../build/executable.ts';
import { bareProgram } from './bare-program.ts';
import { type Command, type Measured, measure } from './measure.ts';

const [turnsWord = '20'] = process.argv.slice(2).filter((word) => /^\d+$/.test(word));
const turns = Number(turnsWord);
const separator = process.argv.indexOf('--');
const pod = separator < 0 ? [] : process.argv.slice(separator + 1);

const folder = mkdtempSync(join(tmpdir(), 'imagepull-bench-'));
try {
  const missed = [compare('a bare executable', startUp(), 1.5), ...(pod.length > 0 ? [compare('kubectl describe pod', why(), 1.6)] : [])];
  process.exitCode = missed.some(Boolean) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}

function startUp(): Command[] {
  return [
    { name: 'one line, bare', words: [bareProgram(folder)] },
    { name: '--help', words: [executablePath, '--help'] },
    { name: 'why --help', words: [executablePath, 'why', '--help'] },
    { name: 'version', words: [executablePath, 'version'] },
    { name: '__complete', words: [executablePath, '__complete', 'w'] },
  ];
}

function why(): Command[] {
  return [
    { name: 'kubectl describe pod', words: ['kubectl', 'describe', 'pod', ...pod] },
    { name: 'why', words: [executablePath, 'why', ...pod, '--probe=never', '--no-registry'] },
  ];
}

function compare(what: string, commands: readonly Command[], goal: number): boolean {
  const rows = measure(commands, turns);
  console.log(`Against ${what}, ${turns} turns, goal ${goal}, load ${loadavg()[0]?.toFixed(1)}:`);
  for (const row of rows) console.log(line(row));
  return rows.some(({ ratio }) => ratio > goal);
}

function line({ name, median, fastest, ratio }: Measured): string {
  return `  ${name.padEnd(22)} median ${median.toFixed(1).padStart(6)} ms   fastest ${fastest.toFixed(1).padStart(6)} ms   ratio ${ratio.toFixed(2)}`;
}
