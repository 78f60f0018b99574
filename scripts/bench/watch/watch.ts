// Does a watch lose a state, or grow? Against a control plane of its own (test/lab/up with LAB_PARTS=control-plane): 1,000 changes of a pod's status in bursts, restarts of the API
// server between them, and after each the state that must be shown. Prints a table of changes, documents, resident memory and seconds until the state was seen.
//   LAB_DIR=/var/tmp/lab-watch node scripts/bench/watch/watch.ts [CHANGES] [PROGRAM...]
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../build/root.ts';
import { restartServer } from './api-server.ts';
import { failures, kubectlProxy } from './pod.ts';

const lab = process.env.LAB_DIR ?? '/var/tmp/lab-watch';
const [changes = '1000', ...program] = process.argv.slice(2);
const burst = 50;
const [command = '', ...words] = program.length > 0 ? program : [process.execPath, `${root}/src/main.ts`];

const api = await kubectlProxy(`${lab}/kubeconfig`);
const arguments_ = [...words, 'why', 'web', '-n', api.namespace, '--watch', '-o', 'json', '--no-registry', '--probe=never'];
let documents = 0;
let shown = '';
let watch: ChildProcess | undefined;

function residentMegabytes(): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${watch?.pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** @returns seconds until it was shown; null: it was lost */
async function until(state: string, seconds: number): Promise<number | null> {
  const begun = performance.now();
  while (shown !== state) {
    if (performance.now() - begun > seconds * 1000) return null;
    await sleep(50);
  }
  return (performance.now() - begun) / 1000;
}

function row(what: string, seen: number | null): void {
  const figures = [
    String(documents).padStart(9),
    `${residentMegabytes().toFixed(0)} MB`.padStart(9),
    seen === null ? 'LOST' : `${seen.toFixed(1)} s`,
  ];
  console.log(`${what.padEnd(40)} ${figures.join('  ')}`);
}

/** @returns whether every state was seen, and the watch ended well */
async function measure(): Promise<boolean> {
  await api.createPod();
  await api.setStatus(failures[0]);
  const child = spawn(command, arguments_, {
    env: { ...process.env, KUBECONFIG: `${lab}/kubeconfig` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  watch = child;
  createInterface({ input: child.stdout }).on('line', (line) => {
    documents++;
    const document = JSON.parse(line);
    shown = `${document.watch.state} ${document.images[0].cause.code}`;
  });

  console.log(`${'after'.padEnd(40)} documents  resident  seen after`);
  row('start', await until(`failing ${failures[0].code}`, 20));
  let done = 0;
  let lost = 0;
  for (let round = 1; done < Number(changes); round++) {
    for (let i = 0; i < burst; i++) await api.setStatus(failures[(round + i) % failures.length] ?? failures[0], ++done);
    const last = failures[(round + burst - 1) % failures.length] ?? failures[0];
    const seen = await until(`failing ${last.code}`, 30);
    if (seen === null) lost++;
    if (done % 100 === 0 || seen === null) row(`${done} changes`, seen);
    if (round % 5 !== 0) continue;
    // The state changes while nothing is heard of it: as soon as the server answers again.
    await restartServer(lab, 4000);
    const other = failures[(round + 2) % failures.length] ?? failures[0];
    await api.setStatus(other, ++done);
    const again = await until(`failing ${other.code}`, 60);
    if (again === null) lost++;
    row(`a restart of the API server (${done} changes)`, again);
  }
  await api.setRunning();
  const code = await Promise.race([ended, sleep(30_000, 'none')]);
  console.log(`\nfixed: exit code ${code}, "${shown}"; ${documents} documents for ${done} changes; ${lost} states lost`);
  return lost === 0 && code === 0;
}

try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  watch?.kill();
  await api.end();
}
