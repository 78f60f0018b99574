// npm run demo: the built program on the failing pods of a cluster that was captured from a real one, with registries that really answer;
// everything on loopback, nothing left behind. npm run demo -- --serve leaves it up to play with, until Ctrl-C.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundlePath } from '../build/bundle.ts';
import { executablePath } from '../build/executable.ts';
import { root } from '../build/root.ts';
import { type Demo, startDemo } from './environment.ts';

/** What the demo types, one after another, and what each shows. */
const shown: readonly (readonly [what: string, ...args: string[]])[] = [
  ['A tag that was never pushed.', 'why', 'deploy/payment', '--registry-ca=registry-ca.crt'],
  ['A pull secret, but for another registry.', 'why', 'deploy/checkout', '--registry-ca=registry-ca.crt'],
  ['A pull secret with an old password.', 'why', 'deploy/search', '--registry-ca=registry-ca.crt'],
  ['An image for arm64 on an amd64 node.', 'why', 'deploy/thumbnails', '--registry-ca=registry-ca.crt'],
  ['Works on one node, not on the other.', 'why', 'ds/log-agent', '--registry-ca=registry-ca.crt'],
  ['A certificate that the node does not trust, with every fact and its source.', 'why', 'deploy/reports', '-o', 'wide'],
  ['A pod that is fine.', 'why', 'deploy/frontend'],
];

/** The command that runs the program as it was built last: the executable, or the bundle under this Node; bundles it where there is neither. */
function builtProgram(): readonly [string, ...string[]] {
  if (!existsSync(executablePath) && !existsSync(bundlePath)) {
    process.stderr.write('Building the program (once)...\n');
    const { status } = spawnSync(process.execPath, [`${root}/scripts/build/build.ts`, '--bundle'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  return age(executablePath) <= age(bundlePath) ? [executablePath] : [process.execPath, bundlePath];
}

const age = (file: string): number => (existsSync(file) ? Date.now() - statSync(file).mtimeMs : Number.POSITIVE_INFINITY);

async function show(demo: Demo, [program, ...first]: readonly [string, ...string[]], what: string, args: readonly string[]): Promise<void> {
  process.stdout.write(`\n# ${what}\n$ kubectl imagepull ${args.join(' ')}\n`);
  const child = spawn(program, [...first, ...args], {
    cwd: demo.directory,
    env: { ...process.env, ...demo.env },
    stdio: 'inherit',
    argv0: 'kubectl-imagepull',
  });
  await once(child, 'close');
}

function howToPlay(demo: Demo, program: readonly string[]): string {
  const settings = Object.entries(demo.env).filter(([name]) => name === name.toUpperCase());
  return [
    'The cluster is up until Ctrl-C. In another terminal, whose HTTPS then leads only to its registries:',
    ...settings.map(([name, value]) => `  export ${name}=${value}`),
    `  ${program.join(' ')} why deploy/payment --registry-ca=${demo.directory}/registry-ca.crt`,
    '  kubectl get pods        # reads work; every change is refused',
    '',
  ].join('\n');
}

const { values } = parseArgs({ options: { serve: { type: 'boolean', default: false } } });
const program = builtProgram();
const demo = await startDemo();
const leave = (): never => {
  demo.stop();
  process.exit(130);
};
process.on('SIGINT', leave).on('SIGTERM', leave);
try {
  if (values.serve) {
    process.stdout.write(howToPlay(demo, program));
    await once(process, 'exit');
  } else for (const [what, ...args] of shown) await show(demo, program, what, args);
} finally {
  demo.stop();
}
