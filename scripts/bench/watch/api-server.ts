import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the lab's API server by its id and starts it as it was. @param down milliseconds for which it is not there. Resolves when it is ready. */
export async function restartServer(lab: string, down: number): Promise<void> {
  const file = `${lab}/run/apiserver.pid`;
  const id = Number(readFileSync(file, 'utf8'));
  const [command = '', ...argv] = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const environment = readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').filter(Boolean);
  process.kill(id);
  while (isAlive(id)) await sleep(50);
  await sleep(down);
  const env = Object.fromEntries(environment.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const child = spawn(command, argv, { env, detached: true, stdio: 'ignore' });
  child.unref();
  writeFileSync(file, `${child.pid}\n`);
  const port = argv.find((word) => word.startsWith('--secure-port='))?.split('=')[1];
  while (!(await isReady(Number(port)))) await sleep(100);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}
