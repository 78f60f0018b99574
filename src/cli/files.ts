import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Evidence } from '../values/evidence.ts';
import { CommandError } from './program-errors.ts';

interface EvidenceList {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullEvidenceList';
  readonly items: readonly Evidence[];
}

/** The PEM text of --registry-ca; undefined where it was not given. @throws CommandError */
export async function readRegistryCa(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(because(`unable to read --registry-ca ${path}`));
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new CommandError(`error: --registry-ca ${path} holds no PEM certificate`);
  return text;
}

/** Writes all of it or nothing, for the user's eyes only. @throws CommandError */
export async function saveEvidence(path: string, items: readonly Evidence[]): Promise<void> {
  const list: EvidenceList = { apiVersion: 'imagepull/v1', kind: 'PullEvidenceList', items };
  const part = `${path}.${randomBytes(8).toString('hex')}.part`;
  try {
    await writeFile(part, `${JSON.stringify(list, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    because(`unable to save the evidence to ${path}`)(error);
  }
}

function because(what: string): (error: unknown) => never {
  return (error) => {
    throw new CommandError(`error: ${what}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`, { cause: error });
  };
}
