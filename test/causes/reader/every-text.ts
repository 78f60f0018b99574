import { readFileSync } from 'node:fs';
import { dialects } from './dialects.ts';
import { doubtful, formats } from './formats.ts';
import { messages } from './messages.ts';

function fixture<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as Content;
}

/** Every text of the reader's tests, with the image where it is told. */
export const everyText: readonly { readonly text: string; readonly image?: string }[] = [
  ...messages,
  ...[...dialects, ...formats].map(([, text]) => ({ text })),
  ...doubtful.map((text) => ({ text })),
  ...fixture<{ readonly message: string }[]>('lab-messages.json').map(({ message }) => ({ text: message })),
  ...Object.values(fixture<Record<string, { readonly message: string; readonly image?: string }[]>>('public-messages.json'))
    .flat()
    .map(({ message, image }) => ({ text: message, ...(image !== undefined && { image }) })),
];
