// npm run lab: boots the lab and creates every scenario in it, then says how to use it. npm run lab -- down: stops it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const lab = fileURLToPath(new URL('../test/lab/', import.meta.url));
const directory = process.env.LAB_DIR ?? '/var/tmp/imagepull-lab';
const env = { LAB_NODES: '2', ...process.env, LAB_DIR: directory, KUBECONFIG: `${directory}/kubeconfig` };

/** Runs a command of the lab, what it prints shown or returned; ends this program with its exit code where it fails. */
function run(file: string, args: readonly string[], input?: string): string {
  const shown = input === undefined && file !== 'node';
  const { status, stdout, error } = spawnSync(file, args, { env, input, encoding: 'utf8', stdio: ['pipe', shown ? 2 : 'pipe', 2] });
  if (error) process.stderr.write(`error: ${file}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

if (process.argv[2] === 'down') run(`${lab}down`, []);
else {
  run(`${lab}up`, []);
  run('kubectl', ['apply', '-f', '-'], run('node', [`${lab}scenarios.mjs`, 'apply']));
  process.stdout.write(`The failures settle within two minutes. Then, for instance:
export LAB_DIR=${directory} KUBECONFIG=${directory}/kubeconfig
test/lab/workstation dist/kubectl-imagepull why tag-missing -n s-tag-missing
`);
}
