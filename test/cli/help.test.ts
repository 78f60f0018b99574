import assert from 'node:assert/strict';
import { test } from 'node:test';
import { help } from '../../src/cli/help.ts';
import { commandOptions } from '../../src/cli/options.ts';

const topics = [undefined, 'why', 'scan', 'check', 'explain', 'version'] as const;

const pages = topics.map((of) => ({
  of,
  text: help({ command: 'help', of }, 'kubectl-imagepull'),
}));

test('help leads with examples and ends with the usage', () => {
  for (const { text } of pages) {
    assert.ok(text.indexOf('Examples:') > 0);
    assert.ok(text.indexOf('Examples:') < text.indexOf('Usage:\n  kubectl imagepull '));
    assert.doesNotMatch(text, /kubectl-imagepull/);
  }
});

test('help keeps to 80 columns, but for examples', () => {
  for (const { text } of pages) {
    for (const line of text.split('\n')) if (!line.startsWith('  kubectl')) assert.ok(line.length <= 80, line);
  }
});

test('every option of a command is in its help', () => {
  for (const { of, text } of pages) {
    for (const { name } of of === undefined ? [] : commandOptions[of]) assert.match(text, new RegExp(`--${name}=`));
  }
});

test('help says what is contacted and what is changed', () => {
  const text = help({ command: 'help', of: 'why' }, 'kubectl-imagepull').replaceAll('\n', ' ');
  for (const word of [
    'It contacts the Kubernetes API server',
    "image's registry",
    'token service',
    '--no-registry',
    'probe pod',
    'always removed',
    '--probe=never',
  ]) {
    assert.ok(text.includes(word), word);
  }
});

test('the program names itself as it was called', () => {
  assert.match(help({ command: 'help', of: undefined }, 'imagepull-dev'), /\n {2}imagepull-dev why /);
  assert.match(help({ command: 'help', of: undefined }, 'kubectl-image_pull'), /\n {2}kubectl image-pull why /);
});

test('the exit codes of check are its own', () => {
  const text = help({ command: 'help', of: 'check' }, 'kubectl-imagepull').replaceAll('\n', ' ');
  assert.match(text, /Exit codes: 0 [^;]*; 1 a manifest could not be read/);
  assert.doesNotMatch(text, /--watch/);
});
