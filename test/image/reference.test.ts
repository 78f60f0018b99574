import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatReference, parseReference, repositoryName } from '../../src/image/reference.ts';

const hex = 'a'.repeat(64);
const parsed = (text: string) => {
  const result = parseReference(text);
  assert.ok('reference' in result, `${text} should parse`);
  return result;
};
const invalid = (text: string) => {
  const result = parseReference(text);
  assert.ok('invalid' in result, `${text} should not parse`);
  return result.invalid;
};

test('names are normalised as distribution/reference does', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['nginx', 'docker.io/library/nginx:latest', ['docker.io', 'library/', ':latest']],
    ['nginx:1.27', 'docker.io/library/nginx:1.27', ['docker.io', 'library/']],
    ['team/app', 'docker.io/team/app:latest', ['docker.io', ':latest']],
    ['docker.io/nginx:1', 'docker.io/library/nginx:1', ['library/']],
    ['index.docker.io/team/app:1', 'docker.io/team/app:1', []],
    ['localhost/app:1', 'localhost/app:1', []],
    ['localhost:5000', 'docker.io/library/localhost:5000', ['docker.io', 'library/']],
    ['registry.example.com:5000/team/app:v1', 'registry.example.com:5000/team/app:v1', []],
    ['Registry.Example.com/app:1', 'Registry.Example.com/app:1', []],
    ['Team/app:1', 'Team/app:1', []],
    ['my_registry.example.com/app:1', 'my_registry.example.com/app:1', []],
    ['[2001:db8::1]:5000/app:1', '[2001:db8::1]:5000/app:1', []],
    [`ghcr.io/o/app@sha256:${hex}`, `ghcr.io/o/app@sha256:${hex}`, []],
    [`ghcr.io/o/app:v1@sha256:${hex}`, `ghcr.io/o/app:v1@sha256:${hex}`, []],
    ['a__b/c-----d:_tag', 'docker.io/a__b/c-----d:_tag', ['docker.io']],
  ];
  for (const [text, full, defaults] of cases) {
    const result = parsed(text);
    assert.equal(formatReference(result.reference), full);
    assert.deepEqual(result.defaults, defaults, text);
  }
});

test('a digest keeps the tag out unless it was written', () => {
  assert.deepEqual(parsed(`app@sha256:${hex}`).reference, {
    registry: 'docker.io',
    repository: 'library/app',
    tag: null,
    digest: `sha256:${hex}`,
  });
});

test('faults are told in the runtime’s words, with what was meant', () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['https://registry.example.com/team/app:1', 'invalid reference format', 'registry.example.com/team/app:1'],
    ['open.test:5000/Team/App:V1', 'invalid reference format: repository name (Team/App) must be lowercase', 'open.test:5000/team/app:V1'],
    ['nginx:', 'invalid reference format', 'nginx:TAG'],
    ['nginx:$\u007bTAG}', 'invalid reference format', 'nginx:TAG'],
    ['registry.example.com/app:{{ .Values.image.tag }}', 'invalid reference format', 'registry.example.com/app:TAG'],
    ['registry.example.com/app:<tag>', 'invalid reference format', 'registry.example.com/app:TAG'],
    [' nginx:1.27', 'invalid reference format', 'nginx:1.27'],
    ['nginx:1.27\n', 'invalid reference format', 'nginx:1.27'],
    ['"nginx:1.27"', 'invalid reference format', 'nginx:1.27'],
    ['registry.example.com//team/app:1', 'invalid reference format', 'registry.example.com/team/app:1'],
    ['registry.example.com/team/app/:1', 'invalid reference format', 'registry.example.com/team/app:1'],
    [`app@sha256:${hex}:v1`, 'invalid reference format', `app:v1@sha256:${hex}`],
    [`app@sha256:${'a'.repeat(63)}`, 'invalid checksum digest length', null],
    [`app@sha256:${'A'.repeat(64)}`, 'invalid checksum digest format', null],
    [`app@md9:${hex}`, 'unsupported digest algorithm', null],
    [hex, `invalid repository name (${hex}), cannot specify 64-byte hexadecimal strings`, null],
    [`registry.example.com/${'a'.repeat(256)}`, 'repository name must not be more than 255 characters', null],
    ['', 'invalid reference format', null],
    ['-app', 'invalid reference format', null],
    ['a_____b', 'invalid reference format', null],
  ];
  for (const [text, message, suggestion] of cases) {
    const fault = invalid(text);
    assert.equal(fault.message, message, text);
    assert.equal(fault.suggestion, suggestion, text);
  }
});

test('whatever is typed: no throw, a suggestion is valid, and a full name parses to itself', () => {
  const part = fc.constantFrom(
    'a',
    'App',
    'registry.example.com',
    ':',
    ':5000',
    '/',
    '//',
    '@',
    `sha256:${hex}`,
    '$\u007bX}',
    ' ',
    '-',
    '_',
    '.',
    '[::1]',
    'v1',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (text) => {
        const result = parseReference(text);
        if ('invalid' in result) {
          if (result.invalid.suggestion !== null) parsed(result.invalid.suggestion);
          return;
        }
        const full = formatReference(result.reference);
        assert.deepEqual(parsed(full).reference, result.reference);
        assert.ok(full.startsWith(repositoryName(result.reference)));
      },
    ),
    { numRuns: 500 },
  );
});
