// What is saved in the lab is explained where there is no lab: LAB_UP=1 node test/end-to-end/saved.ts (settings: settings.ts).
// Each scenario's evidence replays to the same report and holds no secret; what kubectl printed of it gets the right cause, or an honest one.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { PullReport } from '../../src/values/report.ts';
import { whyItCannotRun } from './can-run.ts';
import { mustRun, run } from './run.ts';
import { askOffline, collections, offline, twoAtOnce } from './saved/collect.ts';
import { plantedSecrets } from './saved/planted.ts';
import { expectedCauses, measured, namespaceOf } from './scenarios.ts';
import { scoreOf } from './score.ts';
import { labEnvironment, settingsOf } from './settings.ts';

const settings = settingsOf({ ...process.env, LAB_UP: '1' });
const obstacle = whyItCannotRun(settings);
const limit = 120_000;

interface Saved {
  readonly name: string;
  readonly live: PullReport;
  readonly text: string;
  readonly replayed: PullReport;
}

describe('what was saved, where there is no cluster', { skip: obstacle ?? false }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'imagepull-saved-'));
  let expected: Readonly<Record<string, string>> = {};
  before(async () => {
    const pods = new Set((await mustRun('kubectl', ['get', 'pods', '-A', '-o', 'name'], { env: labEnvironment(settings) })).split('\n'));
    const all = Object.entries(await expectedCauses(settings));
    expected = Object.fromEntries(all.filter(([name]) => measured(name) && pods.has(`pod/${name}`)));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('evidence of --save replays to the same report and holds no secret', async () => {
    const saved: Saved[] = [];
    await twoAtOnce(Object.keys(expected), async (name) => {
      saved.push(await saveAndReplay(name));
    });
    const planted = await plantedSecrets(settings);
    const found = saved.flatMap(({ name, text }) =>
      planted.filter((secret) => holds(text, secret)).map((secret) => `${name}: ${secret.slice(0, 4)}…`),
    );
    console.log(
      `${saved.length} scenarios saved; ${planted.length} secrets looked for in ${saved.reduce((sum, { text }) => sum + text.length, 0)} bytes: ${found.length} found`,
    );
    for (const { name, live, replayed } of saved) assert.deepEqual(replayed, live, name);
    assert.deepEqual(found, []);
    assert.ok(saved.length > 0 && planted.length > 0);
  });

  async function saveAndReplay(name: string): Promise<Saved> {
    const file = join(folder, `${name}.json`);
    const words = ['why', name, '-n', namespaceOf(name), '-o', 'json', '--save', file];
    const outcome = await run(`${settings.root}test/lab/workstation`, [settings.program, ...words], {
      env: labEnvironment(settings),
      limit,
    });
    assert.equal(outcome.code, 0, `${name}: ${outcome.stderr}`);
    const replay = await offline(settings, ['why', '--from', file, '-o', 'json']);
    assert.equal(replay.code, 0, `${name}: ${replay.stderr}`);
    return { name, live: JSON.parse(outcome.stdout), text: readFileSync(file, 'utf8'), replayed: JSON.parse(replay.stdout) };
  }

  for (const [what, collection] of Object.entries(collections)) {
    test(`${what}: nothing wrong is called certain`, async () => {
      const answers = await askOffline(settings, collection, expected);
      const { total, right, wrongWithCertain } = scoreOf(answers);
      const others = answers
        .filter(({ got, expected }) => got !== expected)
        .map(({ scenario, got, confidence }) => `${scenario}: ${got} (${confidence})`);
      console.log(`${what}: ${right} of ${total} right, ${wrongWithCertain.length} wrong with certain; otherwise ${others.join(', ')}`);
      assert.deepEqual(wrongWithCertain, []);
      assert.deepEqual(
        answers.flatMap(({ error }) => error ?? []),
        [],
      );
    });
  }
});

/** In the evidence a quote is escaped. */
function holds(evidence: string, secret: string): boolean {
  return evidence.includes(secret) || evidence.includes(JSON.stringify(secret).slice(1, -1));
}
