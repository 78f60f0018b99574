import assert from 'node:assert/strict';
import { test } from 'node:test';
import { svg, themes } from '../../scripts/docs/svg.ts';

test('colours and places are those of a terminal, and text is escaped', () => {
  const [light] = themes;
  assert.ok(light);
  const picture = svg('a \u001b[31mred <b>\u001b[39m &\n\u001b[1mbold\u001b[22m\n', light);
  assert.match(picture, /<tspan x="31\.64" textLength="54\.74" fill="#cf222e">red &lt;b&gt;<\/tspan>/);
  assert.match(picture, /<tspan [^>]*fill="#1f2328"> &amp;<\/tspan>/);
  assert.match(picture, /<tspan x="16"[^>]* font-weight="bold">bold<\/tspan>/);
  assert.equal(picture.match(/<text /g)?.length, 2);
  assert.ok(!picture.includes('\u001b'));
});
