import assert from 'node:assert/strict';
import { test } from 'node:test';
import { YamlItems } from '../../../src/cli/saved/yaml-items.ts';

function read(text: string, piece = text.length) {
  const items: unknown[] = [];
  let skipped = 0;
  const reader = new YamlItems({
    item: (value) => items.push(value),
    skipped: () => {
      skipped++;
    },
  });
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece));
  reader.end();
  return { items, skipped };
}

const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'app', args: ['a', '- b'] }] },
});

test('the items of a list come one by one, wherever the text is cut, with dashes at the margin or indented', () => {
  for (const indent of ['', '  ']) {
    const item = (name: string) =>
      `- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: ${name}\n  spec:\n    containers:\n    - name: app\n      args:\n      - a\n      - "- b"\n`
        .replace(/^/gm, indent)
        .replace(/ +$/, '');
    const text = `apiVersion: v1\nitems:\n${item('a')}${item('b')}kind: List\nmetadata:\n  resourceVersion: ""\n`;
    for (const piece of [1, 5, 1e6]) assert.deepEqual(read(text, piece), { items: [pod('a'), pod('b')], skipped: 0 });
  }
});

test('several documents, and single objects', () => {
  const one = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: app\n    args: [a, "- b"]\n`;
  assert.deepEqual(read(`${one('a')}---\n${one('b')}`).items, [pod('a'), pod('b')]);
});

test('objects of other kinds are not even parsed', () => {
  assert.deepEqual(read('items:\n- kind: ConfigMap\n  data: {{{{\n- kind: Pod\n  metadata: {name: a}\n'), {
    items: [{ kind: 'Pod', metadata: { name: 'a' } }],
    skipped: 0,
  });
});

test('aliases without end, depth without end and what does not parse are passed over, and what follows is read', () => {
  const bomb = Array.from(
    { length: 40 },
    (_, i) => `  a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(',')}]`,
  ).join('\n');
  const deep = `  a: ${'['.repeat(5000)}${']'.repeat(5000)}`;
  for (const bad of [bomb, deep, '  a: [']) {
    const { items, skipped } = read(`items:\n- kind: Pod\n${bad}\n- kind: Pod\n  metadata: {name: good}\n`);
    assert.deepEqual([items, skipped], [[{ kind: 'Pod', metadata: { name: 'good' } }], 1]);
  }
});
