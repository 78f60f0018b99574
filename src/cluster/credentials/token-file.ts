import { readFileSync } from 'node:fs';
import { configurationError } from '../kubeconfig/configuration-error.ts';
import type { KeyPair } from '../kubeconfig/connection.ts';
import { fileFault } from '../kubeconfig/load.ts';
import type { Credentials } from './identity.ts';

/** client-go reads the file again after this time (client-go: transport/token_source.go). */
const periodMilliseconds = 60_000;

/** A token in a file that others renew, such as a service account's; `fallback`, if not empty, where it cannot be read. */
export function tokenFileCredentials(file: string, fallback: string, certificate: KeyPair | null): Credentials {
  let cached: { readonly authorization: string; readonly readAt: number } | null = null;
  return {
    async current() {
      if (!cached || Date.now() - cached.readAt > periodMilliseconds)
        cached = { authorization: `Bearer ${read(file, fallback)}`, readAt: Date.now() };
      return { authorization: cached.authorization, certificate };
    },
    refuse(identity) {
      cached = null;
      return identity.authorization !== `Bearer ${read(file, fallback)}`;
    },
  };
}

function read(file: string, fallback: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token === '') throw configurationError(`read empty token from file "${file}"`);
    return token;
  } catch (error) {
    if (fallback !== '') return fallback;
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : configurationError(fileFault(code, file, message));
  }
}
