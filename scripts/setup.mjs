// Makes a checkout ready, whatever Node it is run with (18 or later) and without dependencies of its own: installs the locked
// packages, Node 26 among them, when node_modules is missing or was made from another package-lock.json.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-from`;
const locked = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === locked;

if (!installed) {
  process.stderr.write('Installing the locked packages (once)...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('error: npm ci failed; mend what it says above and run the command again\n');
    process.exit(1);
  }
  if (!existsSync(`${root}node_modules/.bin/node`) && !existsSync(`${root}node_modules/.bin/node.cmd`)) {
    process.stderr.write(
      `error: Node 26 is not published as an npm package for ${process.platform} ${process.arch}; install Node 26 and run the scripts with it\n`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, locked);
}
