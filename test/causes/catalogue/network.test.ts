import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { container, imageSpec, richView } from '../view-builder.ts';

test('an image of localhost is called absent only where the node does not have it', () => {
  const image = 'localhost/tool:1';
  const spec = imageSpec({ image, reference: { registry: 'localhost', repository: 'tool', tag: '1', digest: null } });
  const said = (imagesPresent: readonly string[]) => {
    const rich = richView();
    const node = rich.node && { ...rich.node, imagesPresent };
    return catalogue['connect-refused'].explanation(richView({ container: container({ image }), spec, node }));
  };
  assert.match(said([]), /does not have this one/);
  assert.doesNotMatch(said([image]), /does not have this one/);
});
