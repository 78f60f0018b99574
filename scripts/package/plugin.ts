import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { homePageOf } from '../../src/values/home-page.ts';
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
  address: homePageOf(repository.url),
} as const;
