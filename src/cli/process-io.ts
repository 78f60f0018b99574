import { pluginProgram } from '../values/plugin-name.ts';
import type { Io, Output } from './io.ts';
import { authoritiesVariable } from './system-authorities.ts';

/** Exit codes of shells for a program that a signal ended: 128 and the signal's number. */
const hungUp = 129;
const interrupted = 130;
const terminated = 143;
const brokenPipe = 141;
const faulty = 1;

/** The one place that touches the process: its streams, environment and signals, as an Io. */
export function processIo(): Io {
  const authorities = authoritiesVariable(process.env.SSL_CERT_DIR, process.getBuiltinModule('node:fs').existsSync);
  if (authorities !== undefined) process.env.SSL_CERT_DIR = authorities;
  const abort = new AbortController();
  const stop = (code: number) => {
    if (abort.signal.aborted) process.exit(code);
    abort.abort(code);
  };
  process.on('SIGINT', () => stop(interrupted));
  process.on('SIGTERM', () => stop(terminated));
  // A terminal that is closed says so more than once, through its shell and by itself: the second is no impatience.
  const hangUp = () => abort.signal.aborted || abort.abort(hungUp);
  process.on('SIGHUP', hangUp);
  process.on('uncaughtException', async (error) => {
    process.exitCode = faulty;
    if (!abort.signal.aborted) abort.abort(faulty);
    const [{ errorReport }, verbose] = await Promise.all([import('./program-errors.ts'), isVerboseRun()]);
    process.stderr.write(errorReport(error, verbose));
  });
  const onNoReader = (code: string) => (code === 'EIO' ? hangUp() : abort.signal.aborted || abort.abort(brokenPipe));
  return {
    stdout: output(() => process.stdout, onNoReader),
    stderr: output(() => process.stderr, onNoReader),
    stdin: {
      text: readInput,
      chunks: () => process.stdin,
      // Opening process.stdin to look at it would cost more.
      get isTTY() {
        return process.getBuiltinModule('node:tty').isatty(0);
      },
    },
    env: process.env,
    program: calledAs(process.argv),
    now: () => new Date(),
    signal: abort.signal,
  };
}

/** What runs into a fault outside of the run is to be told as much of as was asked for. */
async function isVerboseRun(): Promise<boolean> {
  const [{ parse }, { isVerbose }] = await Promise.all([import('./parse.ts'), import('./verbosity.ts')]);
  const parsed = await parse(process.argv.slice(2), calledAs(process.argv));
  return Boolean(process.env.DEBUG) || ('verbosity' in parsed && isVerbose(parsed.verbosity));
}

/** How a write fails once nobody reads: a pipe that was closed, and a terminal that was. */
const noReader: ReadonlySet<string> = new Set(['EPIPE', 'EIO']);

/** The streams of the process are made at their first use: it costs milliseconds, and not every run needs both. */
function output(stream: () => NodeJS.WriteStream, onNoReader: (code: string) => void): Output {
  let opened: NodeJS.WriteStream | undefined;
  const open = () => {
    opened ??= stream().on('error', (error: NodeJS.ErrnoException) => {
      if (!noReader.has(error.code ?? '')) throw error;
      onNoReader(error.code ?? '');
    });
    return opened;
  };
  return {
    write: (text) => void open().write(text),
    get isTTY() {
      return open().isTTY === true;
    },
    get columns() {
      return open().columns;
    },
    get rows() {
      return open().rows;
    },
    onResize(listener) {
      open().on('resize', listener);
      return () => void open().off('resize', listener);
    },
  };
}

async function readInput(limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit).toString('utf8');
}

/**
 * argv[1] is the name as typed or found on PATH (through a link: the link's), in the binary as well as under node; unbuilt, the name is the
 * plugin's.
 */
export function calledAs(argv: readonly string[]): string {
  const name = (argv[1] ?? '').split(/[\\/]/).at(-1) ?? '';
  return name.endsWith('.ts') ? pluginProgram : name.replace(/\.(exe|cjs)$/i, '');
}
