// npm run krew: dist/krew/NAME.yaml, from plugin.yaml and the archives that npm run package made. It is refused while package.json has no real address,
// and when krew, or its index, would refuse it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { isPlaceholder } from '../../src/values/home-page.ts';
import { root } from '../build/root.ts';
import { plugin } from '../package/plugin.ts';
import { archiveName, binaryName, type Target, targets } from '../package/targets.ts';
import { archiveFaults } from './check-archive.ts';
import { manifestFaults } from './check-manifest.ts';
import { type ManifestSource, manifestOf } from './manifest.ts';

const file = `${plugin.name}.yaml`;
const output = `${root}/dist/krew/${file}`;
rmSync(output, { force: true });

const missing = targets.filter((target) => !existsSync(pathOf(target)));
if (isPlaceholder(plugin.address))
  refuse([`${plugin.address} in package.json (repository.url) is a placeholder: put the public address there`]);
else if (missing.length > 0) refuse(missing.map((target) => `${archiveName(target)} is not in dist/package: npm run package makes it`));
else write();

function write(): void {
  const source = load(readFileSync(`${root}/plugin.yaml`, 'utf8')) as ManifestSource;
  const archives = targets.map((target) => ({
    os: target.os,
    arch: target.arch,
    name: archiveName(target),
    sha256: createHash('sha256')
      .update(readFileSync(pathOf(target)))
      .digest('hex'),
    bin: binaryName(target),
  }));
  const manifest = manifestOf(source, { version: plugin.version, address: plugin.address, archives });
  const faults = [
    ...manifestFaults(manifest, file),
    ...targets.flatMap((target) => archiveFaults(pathOf(target), binaryName(target)).map((fault) => `${archiveName(target)}: ${fault}`)),
  ];
  if (faults.length > 0) {
    refuse(faults);
    return;
  }
  mkdirSync(`${root}/dist/krew`, { recursive: true });
  writeFileSync(output, dump(manifest, { lineWidth: -1 }));
  console.log(`dist/krew/${file}`);
}

function pathOf(target: Target): string {
  return `${root}/dist/package/${archiveName(target)}`;
}

function refuse(reasons: readonly string[]): void {
  for (const reason of reasons) console.error(`error: ${reason}`);
  process.exitCode = 1;
}
