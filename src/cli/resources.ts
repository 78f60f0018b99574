/**
 * What the program carries with it besides code. In a checkout it is read from its files; the build puts a module with the same exports,
 * and the contents in it, in this one's place (scripts/build/resources-plugin.ts).
 */
import { readFileSync } from 'node:fs';
import type { CauseCode } from '../values/cause-code.ts';
import { homePageOf } from '../values/home-page.ts';

const root = `${import.meta.dirname}/../..`;

/** From package.json, without a `v`. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;
}

/** The project's public address, from package.json. */
export function homePage(): string {
  return homePageOf(JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).repository.url);
}

/** docs/causes/CODE.md; null where there is none. */
export function causePage(code: CauseCode): string | null {
  try {
    return readFileSync(`${root}/docs/causes/${code}.md`, 'utf8');
  } catch {
    return null;
  }
}
