import { policyWords } from '../registries/policy-words.ts';
import type { Rule } from './rule.ts';

/** The runtime hears no more than a status; the registry's own words, which this workstation was told, leave nothing open. */
export const policy: Rule = (view, finding) =>
  finding?.code === 'registry-policy-blocked' && policyWords(view) !== null
    ? { ...finding, confidence: 'certain', alternatives: [] }
    : finding;
