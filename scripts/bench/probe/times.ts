// node scripts/bench/probe/times.ts [RUNS]: how long probe pods take from their creation to their answer, by prober, in a namespace without a policy and in one with
// pod security `restricted`. Needs the lab (test/lab); makes namespaces of its own and removes them. What else the machine does counts: its load is printed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Evidence, ProbeAnswer } from '../../../src/values/evidence.ts';
import { apply, kubectl, median, namespace, pod } from './kubectl.ts';

const runs = Number(process.argv[2] ?? 10);
const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'probe-times-'));
const spaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bench-times-open': {},
  'bench-times-restricted': { 'pod-security.kubernetes.io/enforce': 'restricted' },
};

function answersIn(space: string): readonly ProbeAnswer[] {
  const file = join(folder, 'evidence.json');
  const words = ['why', 'broken', '-n', space, '--probe=always', '--no-registry', '--save', file];
  execFileSync(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'ignore'] });
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Evidence | { readonly items: readonly Evidence[] };
  const [evidence] = 'items' in saved ? saved.items : [saved];
  return evidence?.probe.outcome === 'done' ? evidence.probe.facts.images.flatMap(({ answers }) => answers) : [];
}

const spacesMade = Object.entries(spaces);
try {
  for (const [name, labels] of spacesMade) apply(namespace(name, labels));
  await pause(1500);
  for (const [name] of spacesMade) apply(pod({ namespace: name, name: 'broken', image: 'refused.lab.test:1/app:1' }));
  await pause(3000);
  for (const [name] of spacesMade) {
    const times = new Map<string, number[]>();
    for (let run = 0; run < runs; run += 1)
      for (const { prober, milliseconds } of answersIn(name))
        if (milliseconds !== undefined) times.set(prober, [...(times.get(prober) ?? []), milliseconds]);
    for (const [prober, all] of times)
      console.log(
        `${name}: ${prober}: median ${median(all)} ms, longest ${Math.max(...all)} ms of ${all.length}; load ${loadavg()[0]?.toFixed(1)}`,
      );
  }
} finally {
  for (const [name] of spacesMade) kubectl(['delete', 'namespace', name, '--wait=false']);
  rmSync(folder, { recursive: true });
}
