import { STATUS_CODES } from 'node:http';
import { causeCodes } from '../../values/cause-code.ts';
import { didYouMean } from '../did-you-mean.ts';
import { quote } from '../go-values.ts';
import type { ExplainRequest } from '../request.ts';
import { type UsageError, usageError } from '../usage-error.ts';

const outputs = ['text', 'json', 'yaml'] as const;

/** What the STATUS of a pod says about images (Kubernetes pkg/kubelet/images/types.go), which people type as they remember it. */
const podStates = [
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
  'ContainerCreating',
  'CreateContainerError',
];

/**
 * A word in the form of a code is a code; anything else is what a runtime said. `-` alone stands for standard input.
 * @param self how the program calls itself
 */
export function explainRequest(operands: readonly string[], output: unknown, self: string): ExplainRequest | UsageError {
  const format = outputs.find((choice) => choice === (output || 'text'));
  if (format === undefined) return usageError("error: --output must be 'text', 'json' or 'yaml'");
  if (operands.length > 0 && operands.join('').trim() === '') return usageError('error: no message: the argument is empty');
  const topic = readTopic(operands.join(' ').trim(), self);
  if (topic !== undefined && 'usageError' in topic) return topic;
  return { command: 'explain', topic, output: format };
}

function readTopic(words: string, self: string): ExplainRequest['topic'] | UsageError {
  if (words === '') return undefined;
  if (words === '-') return { stdin: true };
  const code = causeCodes.find((candidate) => candidate === words.toLowerCase());
  if (code !== undefined) return { code };
  const status = /^[1-5]\d\d$/.test(words) ? STATUS_CODES[words] : undefined;
  if (status !== undefined) return { message: `${words} ${status}` };
  const state = podStates.find((candidate) => candidate.toLowerCase() === words.toLowerCase().replace(/^init:/, ''));
  if (state !== undefined) return { message: state };
  if (!/^[a-z0-9_-]+$/.test(words)) return { message: words };
  return usageError(
    `error: no such cause: ${quote(words)}${didYouMean(words.replaceAll('_', '-'), causeCodes)}See '${self} explain' for all of them.`,
  );
}
