import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { root } from '../../scripts/build/root.ts';
import { manifestFaults } from '../../scripts/krew/check-manifest.ts';
import { type Manifest, type ManifestSource, manifestOf, type Platform } from '../../scripts/krew/manifest.ts';
import { plugin } from '../../scripts/package/plugin.ts';
import { archiveName, binaryName, targets } from '../../scripts/package/targets.ts';
import { isPlaceholder } from '../../src/values/home-page.ts';

const source = load(readFileSync(`${root}/plugin.yaml`, 'utf8')) as ManifestSource;
const archives = targets.map((target) => ({ ...target, name: archiveName(target), bin: binaryName(target), sha256: 'a1'.repeat(32) }));
const good = manifestOf(source, { version: '1.2.3', address: 'https://github.com/somebody/kubectl-imagepull', archives });

test('the manifest that plugin.yaml makes keeps every rule', () => {
  assert.deepEqual(manifestFaults(good, 'imagepull.yaml'), []);
  assert.deepEqual(
    good.spec.platforms.map(({ selector }) => `${selector.matchLabels.os}/${selector.matchLabels.arch}`),
    ['linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows/amd64'],
  );
  assert.match(
    good.spec.platforms[0]?.uri ?? '',
    /^https:\/\/github\.com\/somebody\/kubectl-imagepull\/releases\/download\/v1\.2\.3\/kubectl-imagepull_v/,
  );
});

type Spec = Manifest['spec'];
const withSpec = (change: Partial<Spec>): Manifest => ({ ...good, spec: { ...good.spec, ...change } });
const named = (name: string): Manifest => ({ ...good, metadata: { name } });
const first = good.spec.platforms[0] as Platform;
const platform = (change: object): Manifest => withSpec({ platforms: [{ ...first, ...change } as Platform] });
const selected = (os: string, arch: string, more: object = {}) => ({ selector: { matchLabels: { os, arch, ...more } } });

const bad: readonly (readonly [manifest: Manifest, sentence: string, file?: string])[] = [
  [{ ...good, apiVersion: 'krew.googlecontainertools.github.com/v1' }, 'apiVersion must be'],
  [{ ...good, kind: 'plugin' }, 'kind must be Plugin'],
  [good, 'must be named after metadata.name', 'image-pull.yaml'],
  [good, 'must be named after metadata.name', 'imagepull.yml'],
  [named('image.pull'), 'letters, digits, _ and - only', 'image.pull.yaml'],
  [named('aux'), 'a device on Windows', 'aux.yaml'],
  [named('imagePull'), 'in lower case', 'imagePull.yaml'],
  [named('kube-imagepull'), 'must not begin with kube-', 'kube-imagepull.yaml'],
  [withSpec({ version: '1.2.3' }), 'semantic version with v'],
  [withSpec({ version: 'v1.2' }), 'semantic version with v'],
  [withSpec({ shortDescription: '' }), 'shortDescription is missing'],
  [withSpec({ shortDescription: 'a\nb' }), 'must be one line'],
  [withSpec({ shortDescription: 'x'.repeat(51) }), 'is cut after 50'],
  [withSpec({ description: ' ' }), 'description is missing'],
  [withSpec({ description: 'Use --probe=never to' }), 'lists flags'],
  [withSpec({ homepage: 'https://github.com/OWNER/kubectl-imagepull' }), 'placeholder'],
  [withSpec({ platforms: [] }), 'platforms is empty'],
  [withSpec({ platforms: [first, first] }), 'for the same os and arch'],
  [platform(selected('linux', 'riscv64')), 'linux/riscv64: krew knows no such os and arch'],
  [platform({ selector: { matchLabels: { os: 'linux', arch: 'amd64' }, matchExpressions: [] } }), 'matchLabels alone'],
  [platform(selected('linux', 'amd64', { libc: 'musl' })), 'no labels but os and arch'],
  [platform({ uri: first.uri.replace('tar.gz', 'tar.xz') }), 'a .zip or .tar.gz'],
  [platform({ uri: first.uri.replace('https', 'http') }), 'https address'],
  [platform({ uri: first.uri.replace('v1.2.3/', 'v1.2.2/') }), 'the release of this version'],
  [platform({ sha256: first.sha256.toUpperCase() }), 'lower case'],
  [platform({ bin: './kubectl-imagepull' }), 'clean path'],
  [platform({ bin: '' }), 'clean path'],
  [platform(selected('windows', 'amd64')), 'bin must end in .exe'],
  [platform({ files: [] }), 'files is not needed'],
];

for (const [manifest, sentence, file = 'imagepull.yaml'] of bad) {
  test(`refused: ${sentence} (${file})`, () => {
    const faults = manifestFaults(manifest, file);
    assert.ok(
      faults.some((fault) => fault.includes(sentence)),
      faults.join('\n'),
    );
  });
}

test('no manifest is made while the address is a placeholder', { skip: !isPlaceholder(plugin.address) }, () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/krew/krew.ts'], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^error: \S+ in package\.json \(repository\.url\) is a placeholder: [^\n]*\n$/);
});
