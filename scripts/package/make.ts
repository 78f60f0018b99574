import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bake } from '../build/executable.ts';
import type { Parts } from '../build/parts.ts';
import { withoutLibatomic } from '../build/without-libatomic.ts';
import { tarGz } from './archive/tar.ts';
import { zip } from './archive/zip.ts';
import { unpackBase } from './bases.ts';
import { cacheFolder } from './cache-folder.ts';
import { plugin } from './plugin.ts';
import { sign } from './sign.ts';
import { strip } from './strip.ts';
import { archiveName, binaryName, isHost, nodeArch, type Target } from './targets.ts';

/** Node itself is 40 MB of it: V8, ICU and OpenSSL, which all but ICU the program runs on. */
const largestArchive = 45_000_000;

/**
 * Makes the programs in `folder/OS-ARCH/`. For the platform that this runs on it has the code cache, unless that is left out: V8 makes it by running the
 * program, and never twice the same.
 */
export async function makePrograms(parts: Parts, targets: readonly Target[], folder: string, withCodeCache: boolean): Promise<void> {
  const cached = withCodeCache ? targets.filter(isHost) : [];
  const home = join(cacheFolder, 'home');
  rmSync(home, { recursive: true, force: true });
  for (const target of targets) layBase(target, home);
  const options = { node: null, signature: false };
  await withHome(home, async () => {
    const others = targets.filter((target) => !cached.includes(target));
    if (others.length > 0)
      await bake(
        parts,
        others.map((target) => pkgTarget(target, folder)),
        { ...options, withCodeCache: false },
      );
    if (cached.length > 0)
      await bake(
        parts,
        cached.map((target) => pkgTarget(target, folder)),
        { ...options, withCodeCache: true },
      );
  });
  rmSync(home, { recursive: true, force: true });
}

/** Signs, packs, and returns the archive's path and size. @throws Error for an archive that is too large, ToolError */
export async function makeArchive(
  target: Target,
  folder: string,
  license: string,
  time: number,
  output: string,
): Promise<{ name: string; data: Buffer }> {
  const program = programPath(target, folder);
  chmodSync(program, 0o755);
  sign(target, program, plugin.binary);
  const entries = [
    { name: 'LICENSE', mode: 0o644, data: Buffer.from(license) },
    { name: binaryName(target), mode: 0o755, data: readFileSync(program) },
  ];
  const name = archiveName(target);
  const data = target.os === 'windows' ? await zip(entries, time) : await tarGz(entries, time);
  if (data.length > largestArchive) throw new Error(`${name} has ${data.length} bytes, which is more than ${largestArchive}`);
  writeFileSync(join(output, name), data);
  return { name, data };
}

function programPath(target: Target, folder: string): string {
  return join(folder, `${target.os}-${target.arch}`, binaryName(target));
}

function pkgTarget(target: Target, folder: string) {
  const platform = { linux: 'linux', darwin: 'macos', windows: 'win' }[target.os];
  return { platform, arch: nodeArch(target), output: programPath(target, folder) };
}

/**
 * Lays a stripped base where pkg looks for what it has downloaded and unpacked before (lib/sea.ts, getNodejsExecutable and extract): an archive, which it
 * then never opens, and what is in it, each with an empty file beside it that says so.
 */
function layBase(target: Target, home: string): void {
  const system = { linux: 'linux', darwin: 'darwin', windows: 'win' }[target.os];
  const name = `node-${process.version}-${system}-${nodeArch(target)}`;
  const folder = join(home, '.pkg-cache', 'sea');
  const node = target.os === 'windows' ? join(folder, `${name}.exe`) : join(folder, name, 'bin', 'node');
  const unpacked = unpackBase(target, join(home, 'unpacked', target.basePackage));
  const obstacle = strip(target, unpacked);
  if (obstacle !== null) console.error(`${name} keeps its symbols: ${obstacle}`);
  if (target.os === 'linux') withoutLibatomic(unpacked, target.arch);
  mkdirSync(join(node, '..'), { recursive: true });
  renameSync(unpacked, node);
  chmodSync(node, 0o755);
  for (const empty of [`${node}.ok`, archiveOf(folder, name, target), `${archiveOf(folder, name, target)}.ok`]) writeFileSync(empty, '');
}

function archiveOf(folder: string, name: string, { os }: Target): string {
  return join(folder, `${name}.${os === 'windows' ? 'zip' : 'tar.gz'}`);
}

/** pkg's cache is in the home directory, and nowhere else. */
async function withHome(home: string, work: () => Promise<void>): Promise<void> {
  const variable = process.platform === 'win32' ? 'USERPROFILE' : 'HOME';
  const before = process.env[variable] ?? homedir();
  process.env[variable] = home;
  try {
    await work();
  } finally {
    process.env[variable] = before;
  }
}
