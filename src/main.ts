import { processIo } from './cli/process-io.ts';
import { run } from './cli/run.ts';

// The exit code is set, not exited with: what was written must arrive first.
run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
