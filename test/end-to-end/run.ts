import { spawn } from 'node:child_process';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Milliseconds after which the process is killed; its code is then null. */
  readonly limit?: number;
}

/** Runs a program to its end. Never rejects for its exit code; rejects where it cannot be started. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(file, [...args], { env: options.env ?? process.env, timeout: options.limit, killSignal: 'SIGKILL' });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        text[stream] += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text, milliseconds: Math.round(performance.now() - began) }));
    child.stdin.on('error', () => undefined).end(options.input ?? '');
  });
}

/** Runs a program that has to succeed, and returns what it printed. @throws with the end of its stderr where it does not. */
export async function mustRun(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(file, args, options);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${code ?? 'a signal'}: ${stderr.trim().slice(-2000)}`);
  return stdout;
}
