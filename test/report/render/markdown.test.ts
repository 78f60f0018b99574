import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../../../src/causes/probe/reading.ts';
import { makeReport } from '../../../src/report/make-report.ts';
import { render } from '../../../src/report/render/index.ts';
import { code, literal, shell, tableOf } from '../../../src/report/render/markdown-text.ts';
import { cases } from '../cases.ts';
import { now, titles } from '../evidence-builder.ts';

const options = { columns: 40, colour: true, headers: true, now: new Date(now) };

test('what a server says is no markup, no link, and calls nobody', () => {
  assert.equal(
    literal('*a* _b_ [c](d) `e` <img> @all #12 | ~x~'),
    '\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` &lt;img> &#64;all &#35;12 \\| \\~x\\~',
  );
  assert.equal(literal('see https://evil.example'), 'see https&#58;//evil.example');
  assert.equal(literal('a\n\u001b[2Jb'), 'a ⏎ ^\\[\\[2Jb');
});

test('code is fenced by more backticks than it has', () => {
  assert.equal(code('app:v1'), '`app:v1`');
  assert.equal(code('a``b'), '```a``b```');
  assert.equal(code('`a'), '`` `a ``');
  assert.equal(shell(['kubectl x', 'echo ```']), '````sh\nkubectl x\necho ```\n````');
});

test('a table has a line for its titles', () => {
  assert.equal(tableOf(['a', 'b'], [['1', '2']]), '| a | b |\n| --- | --- |\n| 1 | 2 |');
});

test('cause and fix come first, every row of the steps has three cells, and nothing is coloured or wrapped', async () => {
  for (const [name, make] of Object.entries(cases)) {
    const { evidence, verdicts } = make();
    const text = await render('markdown', [makeReport(evidence, verdicts, titles, { readAnswer })], options);
    assert.match(text, /^### Pod `/, name);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/, name);
    assert.ok(text.indexOf('**') < text.indexOf('<details>'), name);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    assert.ok(rows.length >= 9, name);
    for (const row of rows) assert.equal(row.split(/(?<!\\)\|/).length, 5, row);
  }
});
