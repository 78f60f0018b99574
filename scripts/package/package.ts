// npm run package [-- --target OS/ARCH]… [--without-code-cache]: dist/package, with an archive for each platform, SHA256SUMS and the SBOM.
// Without the code cache, which only the program of this machine's own platform has, the same sources give the same bytes. Exit code 1 when one could not be made.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledFolders, licenses } from '../build/licenses.ts';
import { bundleParts } from '../build/parts.ts';
import { root } from '../build/root.ts';
import { archiveLicense } from './license.ts';
import { makeArchive, makePrograms } from './make.ts';
import { plugin } from './plugin.ts';
import { sbom } from './sbom.ts';
import { cannotSign } from './sign.ts';
import { sourceTime } from './source-time.ts';
import { label, targets } from './targets.ts';

const { values } = parseArgs({
  options: { target: { type: 'string', multiple: true }, 'without-code-cache': { type: 'boolean', default: false } },
});
const output = `${root}/dist/package`;
const programs = `${root}/dist/programs`;

const wanted = targets.filter((target) => values.target === undefined || values.target.includes(label(target)));
const unknown = values.target?.filter((name) => !targets.some((target) => label(target) === name)) ?? [];
for (const name of unknown) fail(`${name} is not a platform that is released: ${targets.map(label).join(', ')}`);
for (const target of wanted) if (cannotSign(target) !== null) fail(`${label(target)} is not made: ${cannotSign(target)}`);
const possible = wanted.filter((target) => cannotSign(target) === null);

for (const folder of [output, programs]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const { parts, metafiles } = await bundleParts();
licenses(metafiles.rest);
await makePrograms(parts, possible, programs, !values['without-code-cache']);
const license = archiveLicense();
const time = sourceTime();
const made = await Promise.all(possible.map((target) => makeArchive(target, programs, license, time, output)));

const bom = { name: `${plugin.binary}_v${plugin.version}_sbom.cdx.json`, data: Buffer.from(sbom(bundledFolders(metafiles.rest), time)) };
writeFileSync(join(output, bom.name), bom.data);
const sums = [...made, bom].map(({ name, data }) => `${createHash('sha256').update(data).digest('hex')}  ${name}\n`);
writeFileSync(join(output, 'SHA256SUMS'), sums.join(''));
for (const { name, data } of made) console.log(`${name.padEnd(48)} ${(data.length / 1e6).toFixed(1).padStart(6)} MB`);
console.log(`made in ${(performance.now() / 1e3).toFixed(0)} s`);

function fail(reason: string): void {
  console.error(`error: ${reason}`);
  process.exitCode = 1;
}
