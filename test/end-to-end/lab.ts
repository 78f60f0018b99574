// The end-to-end test: the built program against every scenario of the lab, a real Kubernetes with real and misbehaving registries.
// It needs root, Debian and some minutes, so it is no part of `npm test`: run it with `npm run test:lab` (settings: settings.ts).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Answer, ask, type View, views } from './ask.ts';
import { bootLab, type Lab } from './boot.ts';
import { whyItCannotRun } from './can-run.ts';
import { beside, expectedCauses, measured } from './scenarios.ts';
import { scoreOf, tableOf } from './score.ts';
import { settingsOf } from './settings.ts';
import { waitUntilSettled } from './settle.ts';

const settings = settingsOf(process.env);
const obstacle = whyItCannotRun(settings);

/** How many scenarios may go without the expected cause, from where the registries can be reached and from where they cannot. */
const allowedMisses: Readonly<Record<View, number>> = { workstation: 4, outside: 8 };

test('the lab can run here', { skip: obstacle !== null && !settings.ci ? obstacle : false }, () => {
  assert.equal(obstacle, null);
});

describe('the program against every scenario of the lab', { skip: obstacle ?? false }, () => {
  let lab: Lab | undefined;
  const answers = new Map<View, readonly Answer[]>();
  let expected: Readonly<Record<string, string>> = {};

  before(async () => {
    lab = await bootLab(settings);
    expected = await expectedCauses(settings);
    console.log(`${Object.keys(expected).length} scenarios on Kubernetes ${lab.kubernetes}; waiting until their failures have settled`);
    const unsettled = await waitUntilSettled(settings, Object.keys(expected));
    if (unsettled.length > 0) console.log(`not settled: ${unsettled.join(', ')}`);
    for (const view of views) answers.set(view, await ask(settings, view, expected));
    for (const view of views) console.log(`\n${tableOf(view, answers.get(view) ?? [], allowedMisses[view])}`);
  });
  after(() => lab?.stop());

  for (const view of views) {
    const of = () => answers.get(view) ?? [];
    test(`${view}: all but ${allowedMisses[view]} scenarios get the expected cause`, () => {
      const score = scoreOf(of().filter((answer) => measured(answer.scenario)));
      assert.ok(score.total > 0);
      assert.ok(score.total - score.right <= allowedMisses[view], `${score.right} of ${score.total}; missed: ${score.missed.join(', ')}`);
    });
    test(`${view}: nothing wrong is called certain`, () => assert.deepEqual(scoreOf(of()).wrongWithCertain, []));
    test(`${view}: nothing ends with an error`, () => {
      const failed = of().filter((answer) => answer.error !== null);
      assert.deepEqual(
        failed.map((answer) => `${answer.scenario}: ${answer.error}`),
        [],
      );
    });
    test(`${view}: a healthy pod is told that nothing is wrong`, () => {
      assert.equal(of().find((answer) => answer.scenario === 'healthy')?.got, 'none');
    });
    test(`${view}: pods that work beside a failing one are not accused`, () => {
      for (const answer of of().filter((one) => beside(one.scenario))) assert.equal(answer.got, 'none', answer.scenario);
    });
  }
});
