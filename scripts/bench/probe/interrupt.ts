// node scripts/bench/probe/interrupt.ts [RUNS]: interrupts runs that probe, at random moments and in four ways, and counts the probe pods that are left: at
// once, and after the next run that is let go to its end. Needs a cluster with a node `node1`; makes namespaces of its own and removes them.
import { spawn } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { apply, kubectl, namespace, pod, probePods } from './kubectl.ts';

const runs = Number(process.argv[2] ?? 200);
const workers = 3;
/** Of interrupted runs, before one is let go to its end. */
const between = 5;
/** Milliseconds from the announcement of the probe pods, which is just before they are made; one run in four is interrupted somewhere before it. */
const longest = 3000;
const early = 0.25;
const ways = ['SIGINT', 'SIGTERM', 'SIGKILL', 'api-gone'] as const;
type Way = (typeof ways)[number];

const main = process.env.IMAGEPULL_MAIN || fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const server = new URL(kubectl(['config', 'view', '--minify', '-o', 'jsonpath={.clusters[0].cluster.server}']));

/** A way to the API server that can be cut. */
async function detour() {
  const sockets = new Set<Socket>();
  const listener = createServer((inner) => {
    const outer = connect(Number(server.port || 443), server.hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const cut = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `https://127.0.0.1:${port}`, cut };
}

function why(space: string, through: string) {
  const words = ['why', 'broken', '-n', space, '--probe=always', '--no-registry', '--server', through, '--timeout', '20s'];
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  const announced = new Promise<void>((resolve) => child.stderr.on('data', (text) => String(text).includes('Asking node') && resolve()));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return { child, ended, announced };
}

async function interrupted(space: string, way: Way): Promise<boolean> {
  const path = await detour();
  const { child, ended, announced } = why(space, path.url);
  const moment = Math.random() < early ? pause(Math.random() * longest) : announced.then(() => pause(Math.random() * longest));
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
  cleanRuns: number;
  leftAfterNextRun: number;
}
const tallies: Record<Way, Tally> = Object.fromEntries(
  ways.map((way) => [way, { interrupted: 0, tooLate: 0, leftAtOnce: 0, cleanRuns: 0, leftAfterNextRun: 0 }]),
) as Record<Way, Tally>;

async function work(index: number): Promise<void> {
  const space = `bench-interrupt-${index}`;
  apply(namespace(space));
  await pause(1500);
  apply(pod({ namespace: space, name: 'broken', image: 'refused.lab.test:1/app:1' }));
  await pause(2000);
  try {
    for (let i = index; i < runs; i += workers) {
      const way = ways[Math.floor(i / workers / between) % ways.length] ?? 'SIGINT';
      const tally = tallies[way];
      const before = probePods(space).length;
      if (await interrupted(space, way)) tally.interrupted += 1;
      else tally.tooLate += 1;
      tally.leftAtOnce += Math.max(0, probePods(space).length - before);
      const turn = Math.floor(i / workers) % between === between - 1 || i + workers >= runs;
      if (!turn) continue;
      await why(space, server.origin).ended;
      tally.cleanRuns += 1;
      tally.leftAfterNextRun += probePods(space).length;
    }
  } finally {
    kubectl(['delete', 'namespace', space, '--wait=false']);
  }
}

await Promise.all(Array.from({ length: workers }, (_, index) => work(index)));
console.table(tallies);
const left = Object.values(tallies).reduce((sum, { leftAfterNextRun }) => sum + leftAfterNextRun, 0);
console.log(`${runs} interrupted runs: ${left} probe pods left after the next run`);
process.exitCode = left === 0 ? 0 : 1;
