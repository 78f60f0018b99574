import { spawnSync } from 'node:child_process';

export interface Command {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
}

export interface Measured {
  readonly name: string;
  /** Wall time of the whole process in milliseconds. */
  readonly median: number;
  readonly fastest: number;
  /** Median of the ratios to the first command in the same turn. */
  readonly ratio: number;
}

/** Runs the commands in turn, so that what else the machine does falls on all alike. The first turn only warms up. */
export function measure(commands: readonly Command[], turns: number): Measured[] {
  const times = commands.map((): number[] => []);
  for (let turn = -1; turn < turns; turn++) {
    for (const [index, { words }] of commands.entries()) {
      const time = wallTime(words);
      if (turn >= 0) times[index]?.push(time);
    }
  }
  const first = times[0] ?? [];
  return commands.map(({ name }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((time, turn) => time / (first[turn] ?? Number.NaN));
    return { name, median: median(own), fastest: Math.min(...own), ratio: median(ratios) };
  });
}

function wallTime([command, ...args]: readonly [string, ...string[]]): number {
  const start = performance.now();
  const { status, error, stderr } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const time = performance.now() - start;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${status}: ${stderr}`);
  return time;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
