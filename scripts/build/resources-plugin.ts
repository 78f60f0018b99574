import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { homePageOf } from '../../src/values/home-page.ts';
import { root } from './root.ts';

/** Puts the contents of package.json's version and docs/causes/*.md in the place of src/cli/resources.ts, which reads them from the checkout. */
export const resources: Plugin = {
  name: 'resources',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]cli[\\/]resources\.ts$/ }, () => ({ loader: 'js', contents: resourcesModule() }));
  },
};

function resourcesModule(): string {
  const { version, repository } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const files = readdirSync(`${root}/docs/causes`).filter((name) => /^[a-z-]+\.md$/.test(name));
  const pages = Object.fromEntries(files.map((name) => [name.replace(/\.md$/, ''), readFileSync(`${root}/docs/causes/${name}`, 'utf8')]));
  // Inside the function: V8 makes the strings when a page is asked for, not at start-up.
  return `
    export function packageVersion() { return ${JSON.stringify(version)}; }
    export function homePage() { return ${JSON.stringify(homePageOf(repository.url))}; }
    export function causePage(code) {
      const pages = ${JSON.stringify(pages)};
      return Object.hasOwn(pages, code) ? pages[code] : null;
    }`;
}
