import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { root } from '../build/root.ts';

interface PluginSource {
  readonly metadata: { readonly name: string };
}

const { metadata } = load(readFileSync(`${root}/plugin.yaml`, 'utf8')) as PluginSource;
const { version, repository } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

/** What is released, and under which name. Name: plugin.yaml; version and address: package.json. */
export const plugin = {
  name: metadata.name,
  /** How kubectl finds a plugin: `kubectl-` and the name, with `_` for the hyphens in it. */
  binary: `kubectl-${metadata.name.replaceAll('-', '_')}`,
  version: version as string,
  /** Without an end: `https://github.com/OWNER/REPOSITORY`. */
  address: (repository.url as string).replace(/^git\+/, '').replace(/\.git$/, ''),
} as const;

/** The address stands for one that is not decided yet: nothing may be published that points there. */
export function isPlaceholder(address: string): boolean {
  return !/^https:\/\/[a-z0-9.-]+(\/[\w.-]+){2}$/.test(address) || /\/(OWNER|EXAMPLE|example)\//.test(address);
}
