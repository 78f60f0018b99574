import { createHash } from 'node:crypto';
import { root } from '../build/root.ts';
import { plugin } from './plugin.ts';
import { targets } from './targets.ts';
import { runTool } from './tools.ts';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Bom {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * What is in the binaries, as CycloneDX: npm's own list of what is locked, of it those packages that the bundle has something of, and the Node packages.
 * It depends on the sources only: npm's random serial number becomes one made from the content, its clock the time of the sources.
 * @param folders as in package-lock.json, e.g. `node_modules/js-yaml`
 */
export function sbom(folders: readonly string[], time: number): string {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const printed = runTool(npm, '--prefix', root, 'sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev');
  return JSON.stringify(onlyPackaged(JSON.parse(printed), folders, time), null, 2).concat('\n');
}

/** Exported for its test. */
export function onlyPackaged(bom: Bom, folders: readonly string[], time: number): object {
  const bases = targets.map(({ basePackage }) => basePackage);
  const path = ({ properties }: Component) => properties?.find(({ name }) => name === 'cdx:npm:package:path')?.value ?? '';
  const components = bom.components.filter((component) => folders.includes(path(component)) || bases.includes(component.name));
  const refs = new Set([bom.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  const component = { ...bom.metadata.component, type: 'application', name: plugin.binary };
  const metadata = { ...bom.metadata, timestamp: new Date(time * 1000).toISOString(), component };
  const content = { ...bom, metadata, components, dependencies };
  return { ...content, serialNumber: `urn:uuid:${uuid(JSON.stringify({ ...content, serialNumber: undefined }))}` };
}

/** RFC 9562, version 8: bits of our own choice, here a digest's. */
function uuid(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
