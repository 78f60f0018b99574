import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadAll } from 'js-yaml';
import { root } from '../../scripts/build/root.ts';

interface ClusterRole {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

const roles = loadAll(readFileSync(`${root}/docs/rbac/reader.yaml`, 'utf8')) as ClusterRole[];
const verbsOf = (name: string) => roles.find(({ metadata }) => metadata.name === name)?.rules.flatMap(({ verbs }) => verbs) ?? [];

test('the reader may read, and only the prober may make and remove pods', () => {
  assert.deepEqual(
    roles.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['ClusterRole imagepull-reader', 'ClusterRole imagepull-prober'],
  );
  assert.ok(verbsOf('imagepull-reader').every((verb) => verb === 'get' || verb === 'list'));
  const written = roles.flatMap(({ rules }) => rules).filter(({ verbs }) => verbs.some((verb) => verb === 'create' || verb === 'delete'));
  assert.deepEqual(
    written.map(({ resources }) => resources),
    [['pods']],
  );
});

test('nothing is granted by a wildcard, and Secrets by name only', () => {
  for (const { apiGroups, resources, verbs } of roles.flatMap(({ rules }) => rules)) {
    assert.ok(![...apiGroups, ...resources, ...verbs].includes('*'));
    if (resources.includes('secrets')) assert.deepEqual(verbs, ['get']);
  }
});
