import { getSystemErrorMap } from 'node:util';

/** Where libuv's words say less than is known here of a path that was typed. */
const plain: Readonly<Record<string, string>> = {
  ELOOP: 'its symbolic links lead in a circle, or through too many',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
  ENAMETOOLONG: 'the path is too long',
};

/** What an error of the operating system says, for people. @param code e.g. `ELOOP` */
export function osWords(code: string): string {
  const [, [, message = code] = []] = [...getSystemErrorMap()].find(([, [name]]) => name === code) ?? [];
  return plain[code] ?? message;
}
