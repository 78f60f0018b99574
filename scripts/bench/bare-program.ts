import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The least that an executable of this Node can be: one that prints one line. Makes it in `folder` and returns its path. */
export function bareProgram(folder: string): string {
  const [main, config, output] = ['main.cjs', 'sea.json', process.platform === 'win32' ? 'bare.exe' : 'bare'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(main, "console.log('one line');\n");
  writeFileSync(config, JSON.stringify({ main, output, disableExperimentalSEAWarning: true }));
  execFileSync(process.execPath, ['--build-sea', config], { stdio: 'ignore' });
  return output;
}
