import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bundle } from '../../scripts/build/bundle.ts';
import { root } from '../../scripts/build/root.ts';
import { causePage, packageVersion } from '../../src/cli/resources.ts';

const folder = mkdtempSync(join(tmpdir(), 'imagepull-bundle-'));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'kubectl-imagepull');
const metafile = await bundle(`${file}.cjs`);

function program(...argv: string[]): { out: string; err: string; code: number | null } {
  const env = { PATH: process.env.PATH, HOME: folder };
  const { stdout, stderr, status } = spawnSync(process.execPath, [`${file}.cjs`, ...argv], { encoding: 'utf8', cwd: folder, env });
  return { out: stdout, err: stderr, code: status };
}

test('the bundle is one file that needs no checkout', () => {
  assert.deepEqual(program('version').out.split('\n')[0], `Client Version: v${packageVersion()}`);
  assert.equal(program('explain', 'manifest-not-found').out.trimEnd(), causePage('manifest-not-found')?.trimEnd());
  assert.match(program('--help').out, /\n {2}kubectl imagepull why /);
});

test('arguments are parsed and the cluster is asked', () => {
  assert.deepEqual(
    program('why', 'web', '-owide', '--as=me', '--as-group=a', '--no-headers', '--timeout=5s', '--server=http://127.0.0.1:1'),
    {
      out: '',
      err: 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n',
      code: 1,
    },
  );
});

test('what nobody calls is not in it', () => {
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const unwanted = /node_modules\/(undici|ws|tar-fs|yargs\/(build|lib)|cliui|@kubernetes\/client-node\/dist\/gen)\//;
  assert.deepEqual(
    inputs.filter((path) => unwanted.test(path)),
    [],
  );
  assert.ok(
    inputs.every((path) => !path.startsWith('..')),
    root,
  );
});

test('it stays small: every kilobyte is read at each start', () => {
  const kilobytes = statSync(`${file}.cjs`).size / 1024;
  assert.ok(kilobytes < 1024, `${kilobytes.toFixed(0)} KiB`);
});
