import { readFile } from 'node:fs/promises';
import { osWords } from './os-words.ts';
import { CommandError } from './program-errors.ts';

/** The PEM text of --registry-ca; undefined where it was not given. @throws CommandError */
export async function readRegistryCa(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(because(`unable to read --registry-ca ${path}`));
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new CommandError(`error: --registry-ca ${path} holds no PEM certificate`);
  return text;
}

/** What becomes of an error of the operating system: one line, in words. */
export function because(what: string): (error: unknown) => never {
  return (error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(`error: ${what}: ${code === undefined ? message : osWords(code)}`, { cause: error });
  };
}
