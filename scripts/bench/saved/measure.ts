// What explaining a file costs: node scripts/bench/saved/measure.ts FILE [WORDS…] (scan --from FILE -o name)
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [, , file = '', ...words] = process.argv;
const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const start = performance.now();
const child = spawn(process.execPath, [main, 'scan', '--from', file, ...(words.length > 0 ? words : ['-o', 'name'])], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let lines = 0;
child.stdout.on('data', (chunk: Buffer) => {
  for (const byte of chunk) if (byte === 10) lines++;
});
let [peak, cpu] = [0, 0];
const ticksPerSecond = 100;
const timer = setInterval(() => {
  try {
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
    const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
    cpu = ((user ?? 0) + (system ?? 0)) / ticksPerSecond;
  } catch {}
}, 20);
child.on('close', (code) => {
  clearInterval(timer);
  console.log(
    `exit ${code}, ${lines} lines, ${((performance.now() - start) / 1000).toFixed(1)} s (${cpu.toFixed(1)} s of processor), peak ${Math.round(peak / 1024)} MB`,
  );
  process.exitCode = code ?? 1;
});
