import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/*
 * Compares a scan of the cluster that generate.ts filled with `kubectl get pods -A`, in turn, and checks what it found:
 *   node scripts/bench/scan/compare.ts EXPECTED [ROUNDS [PROGRAM]]
 * PROGRAM is dist/kubectl-imagepull unless told. It needs GNU time.
 */
const [expectedFile = '', rounds = '5', program = 'dist/kubectl-imagepull'] = process.argv.slice(2);

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  readonly output: string;
}

function run(...command: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%e %M', ...command], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  const [seconds, kilobytes] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds: seconds ?? 0, megabytes: Math.round((kilobytes ?? 0) / 1024), output: stdout };
}

const scans: Run[] = [];
const lists: Run[] = [];
for (let round = 0; round < Number(rounds); round++) {
  lists.push(run('kubectl', 'get', 'pods', '-A'));
  scans.push(run(program, 'scan', '-A'));
}
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const row = (name: string, runs: readonly Run[]) =>
  console.log(
    `${name.padEnd(22)} ${median(runs.map((r) => r.seconds)).toFixed(2)} s (${runs.map((r) => r.seconds).join(' ')}), at most ${Math.max(...runs.map((r) => r.megabytes))} MB`,
  );
row('kubectl get pods -A', lists);
row('scan -A', scans);
console.log(`ratio of the medians     ${(median(scans.map((r) => r.seconds)) / median(lists.map((r) => r.seconds))).toFixed(2)}`);

interface Report {
  readonly items: readonly { readonly pod: { readonly namespace: string; readonly name: string } }[];
  readonly groups: readonly {
    readonly pods: readonly unknown[];
    readonly cause: { readonly code: string };
    readonly subject: { readonly name: string };
  }[];
}
const json = run(program, 'scan', '-A', '-o', 'json');
const report = JSON.parse(json.output) as Report;
const wanted = new Set((JSON.parse(readFileSync(expectedFile, 'utf8')) as { pod: string }[]).map(({ pod }) => pod));
const found = new Set(report.items.map(({ pod }) => `${pod.namespace}/${pod.name}`));
const missed = [...wanted].filter((pod) => !found.has(pod));
console.log(
  `${wanted.size} failing pods, ${missed.length} missed, ${[...found].filter((pod) => !wanted.has(pod)).length} others accused; -o json at most ${json.megabytes} MB`,
);
for (const { pods, cause, subject } of report.groups)
  console.log(`  ${String(pods.length).padStart(5)} ${cause.code.padEnd(22)} ${subject.name}`);
process.exitCode = missed.length > 0 || found.size !== wanted.size ? 1 : 0;
