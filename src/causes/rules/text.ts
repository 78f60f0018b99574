import type { CauseCode } from '../../values/cause-code.ts';
import type { Rule } from './rule.ts';

/** Waiting reasons that are a cause by themselves, whatever their message. */
const byReason: Readonly<Record<string, CauseCode>> = {
  InvalidImageName: 'invalid-image-name',
  ErrImageNeverPull: 'never-pull',
  SignatureValidationFailed: 'signature-rejected',
};

/** The runtime's own words decide first; without any, the kubelet's reason, or a name that does not parse. */
export const text: Rule = (view) => {
  const { reading, spec, container } = view;
  if (reading && reading.code !== 'unknown')
    return { code: reading.code, confidence: reading.confidence, alternatives: reading.alternatives };
  const reason = container.waiting && byReason[container.waiting.reason];
  if (reason) return { code: reason, confidence: 'certain', alternatives: [] };
  if (spec?.invalid) return { code: 'invalid-image-name', confidence: 'likely', alternatives: [] };
  return null;
};
