import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns } from '../../src/report/render/columns.ts';

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
