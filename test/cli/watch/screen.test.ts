import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLine } from '../../../src/cli/status-line.ts';
import { ending, live, rowsOf } from '../../../src/cli/watch/screen.ts';
import { fakeIo } from '../fake-io.ts';

const up = (rows: number) => `\u001b[${rows}A\r\u001b[0J`;

function terminal(columns: number, rows: number) {
  const size = { columns, rows };
  let text = '';
  let resized = () => {};
  const output = {
    write: (part: string) => {
      text += part;
    },
    isTTY: true,
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    onResize(listener: () => void) {
      resized = listener;
      return () => {
        resized = () => {};
      };
    },
  };
  const io = fakeIo({ stdout: output, stderr: output });
  const screen = live(statusLine(io));
  return {
    screen,
    /** What was written since the last time. */
    written() {
      const part = text;
      text = '';
      return part;
    },
    resize(next: { columns: number; rows: number }) {
      Object.assign(size, next);
      resized();
      return new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

test('rows: of wide lines, wide characters and colours', () => {
  assert.equal(rowsOf('', 10), 0);
  assert.equal(rowsOf('a\n\nb\n', 10), 3);
  assert.equal(rowsOf(`${'x'.repeat(20)}\n${'x'.repeat(21)}\n`, 10), 5);
  assert.equal(rowsOf('\u001b[1mabc\u001b[22m 日本語日\n', 10), 2);
});

test('a report takes the place of the one before, however wide its lines', async () => {
  const { screen, written } = terminal(10, 24);
  await screen.draw(async () => `${'x'.repeat(25)}\nb\n`);
  assert.equal(written(), `${'x'.repeat(25)}\nb\n`);
  await screen.draw(async () => 'c\n');
  assert.equal(written(), `${up(4)}c\n`);
  await screen.end();
  assert.equal(written(), `${up(1)}c\n`);
});

test('a terminal that is made narrower has broken the lines itself: they are taken away as they stand', async () => {
  const { screen, written, resize } = terminal(40, 24);
  await screen.draw(async () => `${'x'.repeat(30)}\n`);
  written();
  await resize({ columns: 10, rows: 24 });
  assert.equal(written(), `${up(3)}${'x'.repeat(30)}\n`);
  await screen.end();
  written();
  await resize({ columns: 20, rows: 24 });
  assert.equal(written(), '');
});

test('a report that is higher than the terminal shows its end, and all of it when the watch ends', async () => {
  const { screen, written } = terminal(80, 6);
  const text = [...Array(20).keys()].map((i) => `line ${i}\n`).join('');
  await screen.draw(async () => text);
  const shown = written();
  assert.equal(shown, '… 16 lines above: shown when the watch ends\nline 16\nline 17\nline 18\nline 19\n');
  await screen.end();
  assert.equal(written(), `${up(5)}${text}`);
});

test('a report that just fits is shown whole', () => {
  assert.equal(ending('a\nb\nc\n', 80, 4), 'a\nb\nc\n');
  assert.match(ending('a\nb\nc\n', 80, 3), /^… 2 lines above[^\n]*\nc\n$/);
  assert.equal(ending('a\nb\nc\n', 80, undefined), 'a\nb\nc\n');
});

test('what is said meanwhile stands above the report', async () => {
  const { screen, written } = terminal(80, 24);
  await screen.draw(async () => 'a\nb\n');
  written();
  screen.io.stderr.write('Asking node node1\n');
  assert.equal(written(), `${up(2)}Asking node node1\na\nb\n`);
});

test('a report that cannot be drawn does not keep the next from being drawn, nor the watch from ending', async () => {
  const { screen, written, resize } = terminal(10, 24);
  await assert.rejects(
    screen.draw(() => Promise.reject(new Error('no draw'))),
    /no draw/,
  );
  await resize({ columns: 20, rows: 24 });
  await screen.draw(async () => 'c\n');
  await screen.end();
  assert.match(written(), /c\n$/);
});
