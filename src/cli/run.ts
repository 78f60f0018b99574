import type { Io } from './io.ts';
import { parse } from './parse.ts';
import type { Request } from './request.ts';
import { isVerbose } from './verbosity.ts';

/**
 * The whole program: what argv asks for, done. Data on stdout, everything else on stderr.
 * @returns the exit code: 0 answered; 1 could not answer; 3 with --exit-code, a failing pull was found; 129 hung up, 130 interrupted, 143
 * terminated
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let verbose = false;
  let stopLog = () => {};
  try {
    const parsed = await parse(argv, io.program);
    if ('usageError' in parsed) {
      io.stderr.write(`${parsed.usageError}\n`);
      return 1;
    }
    verbose = isVerbose(parsed.verbosity);
    if (verbose) stopLog = (await import('./request-log.ts')).logRequests(io);
    const code = await dispatch(parsed.request, io);
    return interruption(io.signal) ?? code;
  } catch (error) {
    return interruption(io.signal) ?? (await failure(error, io, verbose));
  } finally {
    stopLog();
  }
}

/** Commands are loaded when they are called: what one of them needs costs the others nothing. */
async function dispatch(request: Request, io: Io): Promise<number> {
  switch (request.command) {
    case 'help':
      io.stdout.write((await import('./help.ts')).help(request, io.program));
      return 0;
    case 'completion':
      return (await import('./commands/completion.ts')).completion(io);
    case 'complete':
      return (await import('./commands/complete.ts')).completeCommand(request, io);
    case 'version':
      return (await import('./commands/version.ts')).version(request, io);
    case 'explain':
      return (await import('./commands/explain.ts')).explain(request, io);
    case 'why':
      return (await import('./commands/why.ts')).why(request, io);
    case 'check':
      return (await import('./commands/check.ts')).check(request, io);
    case 'scan':
      return (await import('./commands/scan.ts')).scan(request, io);
    case 'scan-saved':
      return (await import('./commands/scan-saved.ts')).scanSaved(request, io);
    case 'why-saved':
      return (await import('./commands/why-saved.ts')).whySaved(request, io);
  }
}

async function failure(error: unknown, io: Io, verbose: boolean): Promise<number> {
  const { errorReport } = await import('./program-errors.ts');
  io.stderr.write(errorReport(error, verbose || Boolean(io.env.DEBUG)));
  return 1;
}

/** An interrupted run says so by its code, whatever the command made of it; the reason of the abort is that code. */
function interruption(signal: AbortSignal): number | null {
  if (!signal.aborted) return null;
  return typeof signal.reason === 'number' ? signal.reason : 130;
}
