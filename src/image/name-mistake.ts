import type { NameMistake } from '../values/evidence.ts';

/** Hexadecimal digits of each digest algorithm that the runtimes know (opencontainers/go-digest). */
export const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** The mistakes in a name that can be named without knowing what was meant. null: none of them. */
export function nameMistake(text: string): NameMistake | null {
  return digestLength(text) ?? twoTags(text);
}

function digestLength(text: string): NameMistake | null {
  const [, repository = '', algorithm = '', digits = ''] = /^([^@]+)@(\w+):([0-9a-f]*)$/i.exec(text) ?? [];
  const wanted = digestLengths[algorithm];
  if (wanted === undefined || digits.length === wanted) return null;
  return { what: 'digest-length', repository: untagged(repository), algorithm, digits: digits.length, wanted };
}

function twoTags(text: string): NameMistake | null {
  const [, repository = '', first = '', second = ''] = /^((?:[^@]*\/)?[^@/:]+):([\w][\w.-]*):([\w][\w.-]*)$/.exec(text) ?? [];
  return repository === '' ? null : { what: 'two-tags', repository, tags: [first, second] };
}

function untagged(name: string): string {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
