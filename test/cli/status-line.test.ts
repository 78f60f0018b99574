import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLine } from '../../src/cli/status-line.ts';
import { fakeIo } from './fake-io.ts';

const clear = '\r\u001b[2K';

test('nothing is drawn where stderr is no terminal, or a dumb one', () => {
  for (const io of [fakeIo(), fakeIo({ terminal: true, env: { TERM: 'dumb' } })]) {
    const status = statusLine(io);
    status.show('Reading');
    status.clear();
    assert.equal(io.err(), '');
  }
});

test('each text replaces the one before, and is cut to the width', () => {
  const io = fakeIo({ terminal: true });
  const status = statusLine(io);
  status.show('Reading');
  status.show('x'.repeat(100));
  assert.equal(io.err(), `${clear}Reading${clear}${'x'.repeat(39)}`);
});

test('the line is taken away, once, before anything is printed', () => {
  for (const stream of ['stdout', 'stderr'] as const) {
    const io = fakeIo({ terminal: true });
    const status = statusLine(io);
    status.show('Reading');
    status.io[stream].write('a\n');
    status.io[stream].write('b\n');
    assert.equal(
      stream === 'stdout' ? io.out() + io.err() : io.err(),
      stream === 'stdout' ? `a\nb\n${clear}Reading${clear}` : `${clear}Reading${clear}a\nb\n`,
    );
  }
});
