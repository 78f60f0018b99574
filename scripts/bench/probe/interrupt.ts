// node scripts/bench/probe/interrupt.ts [RUNS]: interrupts runs that ask the node, at random moments and in five ways, one in four while it has the image pulled
// (--try-pull). Counts the pods that are left of them: at once, a minute later, and after the next run that is let go to its end. Needs a cluster with a node
// `node1`; makes namespaces of its own and removes them.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { detour } from './detour.ts';
import { apply, kubectl, namespace, pod, probePods } from './kubectl.ts';

const runs = Number(process.argv[2] ?? 200);
const workers = 3;
/** A round meets each of them once, and ends with a run that is let go to its end. */
const ways = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'api-gone'] as const;
type Way = (typeof ways)[number];
type Kind = 'probe' | 'canary';
/** One run in so many is a canary's: no divisor of the number of ways, so that each way meets both. */
const canaryEvery = 4;
/** One round in so many waits before its last run. */
const minuteEvery = 3;
const minute = 60_000;
/** Milliseconds from the announcement of the pods, which is just before they are made; one run in four is interrupted somewhere before it. */
const longest: Readonly<Record<Kind, number>> = { probe: 3000, canary: 1500 };
const early = 0.25;

const main = process.env.IMAGEPULL_MAIN || fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const server = new URL(kubectl(['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}']));

const words: Readonly<Record<Kind, readonly string[]>> = { probe: ['--probe=always'], canary: ['--try-pull'] };

function why(space: string, through: string, kind: Kind) {
  const args = ['why', 'broken', '-n', space, ...words[kind], '--no-registry', '--server', through, '--timeout', '20s'];
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const announced = new Promise<void>((resolve) => child.stderr.on('data', (text) => /imagepull-probe-/.test(String(text)) && resolve()));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return { child, ended, announced };
}

/** @returns whether it was still under way */
async function interrupted(space: string, way: Way, kind: Kind): Promise<boolean> {
  const path = await detour(server);
  const { child, ended, announced } = why(space, path.url, kind);
  const aWhile = () => pause(Math.random() * longest[kind]);
  const moment = Math.random() < early ? aWhile() : announced.then(aWhile);
  await Promise.race([ended, moment]);
  const wasOver = child.exitCode !== null;
  if (way === 'api-gone') path.cut();
  else child.kill(way);
  await ended;
  path.cut();
  return !wasOver;
}

interface Tally {
  interrupted: number;
  /** It had ended before. */
  tooLate: number;
  leftAtOnce: number;
  /** Of rounds that waited for a minute. */
  waited: number;
  leftAfterMinute: number;
  runningAfterMinute: number;
  leftAfterNextRun: number;
}
const tallies = new Map<string, Tally>();

function tallyOf(way: Way, kind: Kind): Tally {
  const key = kind === 'canary' ? `${way}, canary` : way;
  const known = tallies.get(key);
  if (known) return known;
  const tally = { interrupted: 0, tooLate: 0, leftAtOnce: 0, waited: 0, leftAfterMinute: 0, runningAfterMinute: 0, leftAfterNextRun: 0 };
  tallies.set(key, tally);
  return tally;
}

let next = 0;
let cleanRuns = 0;

/** Interrupts a run in each way, then lets one go to its end. */
async function round(space: string, number: number): Promise<void> {
  const madeBy = new Map<string, Tally>();
  const met: Tally[] = [];
  // What a run leaves, the next in the round may remove: each way is the last of it in turn.
  for (const way of [...ways.slice(number % ways.length), ...ways.slice(0, number % ways.length)]) {
    if (next >= runs) break;
    const kind = next++ % canaryEvery === 0 ? 'canary' : 'probe';
    const tally = tallyOf(way, kind);
    if (await interrupted(space, way, kind)) tally.interrupted += 1;
    else tally.tooLate += 1;
    met.push(tally);
    const fresh = probePods(space).filter(({ name }) => !madeBy.has(name));
    for (const { name } of fresh) madeBy.set(name, tally);
    tally.leftAtOnce += fresh.length;
  }
  if (number % minuteEvery === 0) {
    await pause(minute);
    for (const tally of met) tally.waited += 1;
    for (const { name, phase } of probePods(space)) {
      const tally = madeBy.get(name);
      if (!tally) continue;
      tally.leftAfterMinute += 1;
      if (phase === 'Pending' || phase === 'Running') tally.runningAfterMinute += 1;
    }
  }
  const last = why(space, server.origin, 'probe');
  await last.ended;
  cleanRuns += 1;
  if (last.child.exitCode !== 0) console.log(`a run that followed ended with ${last.child.exitCode}`);
  for (const { name } of probePods(space)) {
    const tally = madeBy.get(name) ?? tallyOf('api-gone', 'probe');
    tally.leftAfterNextRun += 1;
    console.log(`left after the next run: ${name}`);
  }
}

async function work(index: number): Promise<void> {
  const space = `bench-interrupt-${index}`;
  apply(namespace(space));
  await pause(1500);
  apply(pod({ namespace: space, name: 'broken', image: 'refused.lab.test:1/app:1' }));
  await pause(2000);
  try {
    for (let number = index; next < runs; number += 1) {
      await round(space, number);
      console.log(`${next} of ${runs}, ${cleanRuns} clean runs`);
    }
  } finally {
    kubectl(['delete', 'namespace', space, '--wait=false']);
  }
}

await Promise.all(Array.from({ length: workers }, (_, index) => work(index)));
console.table(Object.fromEntries([...tallies].sort(([a], [b]) => a.localeCompare(b))));
const left = [...tallies.values()].reduce((sum, { leftAfterNextRun }) => sum + leftAfterNextRun, 0);
console.log(`${runs} interrupted runs, ${cleanRuns} runs that followed: ${left} pods left after these`);
process.exitCode = left === 0 ? 0 : 1;
