import { processIo } from './cli/process-io.ts';
import { run } from './cli/run.ts';

// The exit code is set, not exited with: what was written must arrive first.
run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
  // Nothing is left to do: a name that is still being looked up, or a proxy that does not answer, cannot be called off, and is not waited
  // for.
  setTimeout(
    () => (code > 128 ? process.exit() : process.stdout.write('', () => process.stderr.write('', () => process.exit()))),
    200,
  ).unref();
});
