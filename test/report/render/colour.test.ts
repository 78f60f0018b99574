import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { readAnswer } from '../../../src/causes/probe/reading.ts';
import { makeReport } from '../../../src/report/make-report.ts';
import { chooseColour } from '../../../src/report/render/colour.ts';
import { render } from '../../../src/report/render/index.ts';
import { cases } from '../cases.ts';
import { now, titles } from '../evidence-builder.ts';

test("colour is chosen by kubectl's rule", () => {
  const terminal = { isTTY: true };
  assert.equal(chooseColour(terminal, { TERM: 'xterm' }), true);
  assert.equal(chooseColour({ isTTY: false }, { TERM: 'xterm' }), false);
  assert.equal(chooseColour(terminal, { TERM: 'dumb' }), false);
  assert.equal(chooseColour(terminal, { NO_COLOR: '' }), false);
  assert.equal(chooseColour({ isTTY: false }, { FORCE_COLOR: '1' }), true);
  assert.equal(chooseColour(terminal, { FORCE_COLOR: '0' }), false);
  assert.equal(chooseColour(terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  assert.equal(chooseColour(terminal, {}, true), false);
  assert.equal(chooseColour(terminal, { WT_SESSION: '7' }, true), true);
});

test('colour changes no letter of any report, and no colour leaks without it', async () => {
  for (const make of Object.values(cases)) {
    const { evidence, verdicts } = make();
    const reports = [makeReport(evidence, verdicts, titles, { readAnswer })];
    for (const format of ['table', 'wide'] as const) {
      for (const columns of [60, 80, undefined]) {
        const options = { columns, headers: true, now: new Date(now) };
        const plain = await render(format, reports, { ...options, colour: false });
        const coloured = await render(format, reports, { ...options, colour: true });
        assert.doesNotMatch(plain, /\u001b/);
        assert.equal(stripVTControlCharacters(coloured), plain);
      }
    }
  }
});
