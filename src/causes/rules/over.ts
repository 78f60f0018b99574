import { isManifestServed, isServedHere } from '../served-here.ts';
import type { Rule } from './rule.ts';

/**
 * What is over need not be all: where the registry serves the manifest, and not what it names for the node, the next attempt comes to that.
 */
export const over: Rule = (view, finding) =>
  finding?.retry === 'now' && isManifestServed(view) && !isServedHere(view) ? { ...finding, retry: 'wait' } : finding;
