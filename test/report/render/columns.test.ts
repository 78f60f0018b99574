import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, total, widthsOf } from '../../../src/report/render/columns.ts';

test('columns stand three blanks apart, and no line ends in blanks', () => {
  assert.equal(
    columns(
      ['A', 'LONGER', 'C'],
      [
        ['one', '2', ''],
        ['x', '', 'end'],
      ],
    ),
    'A     LONGER   C\none   2\nx              end',
  );
});

test('a cell of several lines stays in its column', () => {
  assert.equal(
    columns(null, [
      ['a', 'first\nsecond', 'z'],
      ['bb', 'c', 'y'],
    ]),
    'a    first    z\n     second\nbb   c        y',
  );
});

test('colours take no room, and wide characters two columns', () => {
  assert.equal(
    columns(null, [
      ['\u001b[31mred\u001b[39m', '1'],
      ['日本', '2'],
    ]),
    '\u001b[31mred\u001b[39m    1\n日本   2',
  );
});

test('nothing to show is nothing', () => {
  assert.equal(columns(null, []), '');
});

test('a width is that on the terminal, with the gap: of the longest line, wide characters as two', () => {
  const rows = [
    ['日本', 'x'],
    ['a\nabc', ''],
  ];
  assert.deepEqual(widthsOf(['A', 'LONGER'], rows), [7, 9]);
  assert.deepEqual(widthsOf(null, rows), [7, 4]);
  assert.deepEqual(widthsOf(null, []), []);
  assert.equal(total([7, 4]), 11);
});
