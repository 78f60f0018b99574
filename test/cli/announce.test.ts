import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announce } from '../../src/cli/announce.ts';

const text = 'Asking node n1 through pods imagepull-probe-784f8eb1, imagepull-probe-784f8eb1-kubelet in namespace shop';

function printed(isTTY: boolean): string {
  let all = '';
  const write = (some: string) => {
    all += some;
  };
  announce(text, { write, isTTY, columns: 60, rows: 24 });
  return all;
}

test('an announcement breaks at words on a terminal, and is one line elsewhere', () => {
  assert.equal(printed(false), `${text}\n`);
  const lines = printed(true).trimEnd().split('\n');
  assert.ok(lines.length > 1 && lines.every((line) => line.length <= 60));
  assert.equal(lines.join(' '), text, 'no name is broken');
});
