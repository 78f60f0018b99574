import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { ProbeRun } from '../playbook/probe/plan.ts';

/**
 * This run of the program, so that a later one on this machine knows whose pods were left behind. The machine's name itself is told to
 * nobody.
 */
export function probeRun(): ProbeRun {
  const machine = createHash('sha256').update(`kubectl-imagepull ${hostname()}`).digest('hex').slice(0, 16);
  return { machine, process: process.pid, isAlive };
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
