import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readAnswer } from '../../src/causes/probe/reading.ts';
import { makeReport } from '../../src/report/make-report.ts';
import { render } from '../../src/report/render/index.ts';
import { cases } from './cases.ts';
import { now, titles } from './evidence-builder.ts';

/** Golden files: `U=1 node --test test/report/golden.test.ts` writes them anew; read the difference as a person who was woken at three. */
const rewrite = process.env.U === '1';

async function golden(name: string, text: string): Promise<void> {
  const file = new URL(`./golden/${name}.txt`, import.meta.url);
  if (rewrite) await writeFile(file, text);
  assert.equal(text, await readFile(file, 'utf8'));
}

const common = { colour: false, headers: true, now: new Date(now) };

for (const [name, make] of Object.entries(cases)) {
  const made = make();
  const report = makeReport(made.evidence, made.verdicts, titles, { readAnswer });
  for (const columns of [80, 120, undefined]) {
    test(`${name} at ${columns ?? 'no'} columns`, async () => {
      await golden(`${name}.${columns ?? 'unlimited'}`, await render('table', [report], { ...common, columns }));
    });
  }
  test(`${name}, wide, at 120 columns`, async () => {
    await golden(`${name}.wide`, await render('wide', [report], { ...common, columns: 120 }));
  });
}
