// npm run demo: the built program on the failing pods of a cluster that was captured from a real one, with registries that really answer;
// everything on loopback, nothing left behind. npm run demo -- --serve leaves it up to play with, until Ctrl-C.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
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

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = `${root}dist/kubectl-imagepull.cjs`;
const binary = `${root}dist/kubectl-imagepull`;

/** The command that runs the program as it is built: the executable, else the bundle under this Node; builds it where there is none. */
function builtProgram(): readonly [string, ...string[]] {
  if (existsSync(binary)) return [binary];
  if (!existsSync(bundle)) {
    process.stderr.write('Building the program (once)...\n');
    const { status } = spawnSync(process.execPath, [`${root}scripts/build/build.ts`, '--no-executable'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  return existsSync(binary) ? [binary] : [process.execPath, bundle];
}

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

function howToPlay(demo: Demo): string {
  const settings = Object.entries(demo.env).filter(([name]) => name === name.toUpperCase());
  return [
    '\nThe cluster is up until Ctrl-C. In another terminal:',
    ...settings.map(([name, value]) => `  export ${name}=${value}`),
    `  ${existsSync(binary) ? binary : `${process.execPath} ${bundle}`} why deploy/payment --registry-ca=${demo.directory}/registry-ca.crt`,
    '  kubectl get pods        # reads work; every change is refused\n',
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
    process.stdout.write(howToPlay(demo));
    await once(process, 'exit');
  } else for (const [what, ...args] of shown) await show(demo, program, what, args);
} finally {
  demo.stop();
}
