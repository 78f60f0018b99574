import { processIo } from './cli/process-io.ts';
import { run } from './cli/run.ts';

// The exit code is set, not exited with: what was written must arrive first.
run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
  // After an interruption all is undone by now: a name that is still being looked up cannot be called off, and is not waited for.
  if (code > 128) setTimeout(() => process.exit(), 200).unref();
});
