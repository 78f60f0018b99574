// The matrix of registries and credentials, in a lab that is up: {no secret, wrong host, wrong password, expired, no permission, good} × {image there, tag missing, repository
// missing} × {Basic, tokens, tokens with public repositories, open}, on real registry software, with real pods. It makes a namespace of its own and removes it.
//   LAB_UP=1 [LAB_DIR=DIR] [IMAGEPULL_PROGRAM=FILE] [MATRIX_REGISTRY=FILE] node test/end-to-end/matrix.ts
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImageCheckList } from '../../src/values/check.ts';
import type { PullReport } from '../../src/values/report.ts';
import { whyItCannotRun } from './can-run.ts';
import { contents, expectedOf } from './matrix/cells.ts';
import { imageOf, manifests, type PodOfMatrix, pods } from './matrix/pods.ts';
import { startRegistries } from './matrix/registries.ts';
import { mustRun } from './run.ts';
import { labEnvironment, settingsOf } from './settings.ts';

interface Cell {
  readonly name: string;
  readonly expected: string;
  readonly decided: boolean;
  readonly got: string;
  readonly confidence: string;
  /** What `check` foresees of the same image with the same secret. */
  readonly foreseen: string;
}

const settings = settingsOf({ IMAGEPULL_PROGRAM: process.execPath, ...process.env });
const fromSource = process.env.IMAGEPULL_PROGRAM === undefined;
const obstacle = settings.up ? whyItCannotRun(settings) : 'it needs a lab that is up: LAB_UP=1';
const namespace = 'imagepull-matrix';
const env = labEnvironment(settings);
const kubectl = (args: readonly string[], input = '') => mustRun('kubectl', args, { env, input, limit: 120_000 });

describe('every credential against every registry', { skip: obstacle ?? false }, () => {
  let registries: { stop(): void } | undefined;
  const cells: Cell[] = [];

  before(async () => {
    await kubectl(['delete', 'namespace', namespace, '--ignore-not-found']);
    registries = await startRegistries(settings.labDir, process.env.MATRIX_REGISTRY ?? 'docker-registry');
    await kubectl(['create', 'namespace', namespace]);
    await pause(1000);
    await kubectl(['apply', '-f', '-'], JSON.stringify(manifests(namespace)));
    await settled();
    const queue = [...pods];
    const worker = async () => {
      for (let pod = queue.shift(); pod; pod = queue.shift()) cells.push(...(await ask(pod)));
    };
    await Promise.all([worker(), worker()]);
    console.log(table(cells));
  });
  after(async () => {
    await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    registries?.stop();
  });

  test('each cell gets its cause', () => {
    const wrong = cells.filter(({ got, expected }) => got !== expected);
    assert.equal(cells.length, pods.length * contents.length);
    assert.deepEqual(wrong, []);
  });
  test('and check foresees it', () => {
    assert.deepEqual(
      cells.filter(({ foreseen, expected }) => foreseen !== expected),
      [],
    );
  });
  test('with certainty, wherever the answers of the registry decide', () => {
    assert.deepEqual(
      cells.filter(({ decided, confidence }) => decided && confidence !== 'certain'),
      [],
    );
  });
  test('and without it where they do not', () => {
    assert.deepEqual(
      cells.filter(({ decided, confidence }) => !decided && confidence === 'certain'),
      [],
    );
  });
});

/** Until every container runs or has failed, two and a half minutes at most. */
async function settled(): Promise<void> {
  const path = '{range .items[*].status.containerStatuses[*]}{.state.running.startedAt}{.state.waiting.reason}{"\\n"}{end}';
  for (let left = 50; left > 0; left--) {
    const states = (await kubectl(['get', 'pods', '-n', namespace, '-o', `jsonpath=${path}`])).trim().split('\n');
    if (states.length === pods.length * contents.length && states.every((state) => !/^(ContainerCreating)?$/.test(state))) return;
    await pause(3000);
  }
}

async function ask({ name, mode, credential }: PodOfMatrix): Promise<readonly Cell[]> {
  const report = await answerOf<PullReport>('why', name, '--probe=never');
  const images = contents.map((content) => imageOf(mode, content));
  const secret = credential === 'none' ? [] : [`--secret=${name}`];
  const checks = await answerOf<ImageCheckList>('check', ...images, ...secret);
  return contents.map((content, index) => {
    const { code: expected, decided } = expectedOf(mode, credential, content);
    const cause = report.images.find(({ container }) => container === content)?.cause;
    const check = checks.items[index];
    const foreseen = check?.cause?.code ?? (check?.result === 'ok' ? 'none' : '(unknown)');
    return { name: `${name} ${content}`, expected, decided, got: cause?.code ?? '(none)', confidence: cause?.confidence ?? '', foreseen };
  });
}

async function answerOf<T>(...words: readonly string[]): Promise<T> {
  const program = fromSource ? [process.execPath, `${settings.root}src/main.ts`] : [settings.program];
  const line = [...program, ...words, '-n', namespace, '-o', 'json'];
  return JSON.parse(await mustRun(`${settings.root}test/lab/workstation`, line, { env, limit: 120_000 })) as T;
}

function table(cells: readonly Cell[]): string {
  const sorted = cells.toSorted((a, b) => a.name.localeCompare(b.name));
  const lines = sorted.map(({ name, expected, decided, got, confidence, foreseen }) =>
    [
      name.padEnd(44),
      expected.padEnd(28),
      got.padEnd(28),
      confidence.padEnd(10),
      decided ? 'decided' : 'open',
      got === expected ? '' : 'WRONG',
      foreseen === expected ? '' : `check: ${foreseen}`,
    ].join(' '),
  );
  const right = cells.filter(({ got, expected }) => got === expected).length;
  const certain = cells.filter(({ decided, confidence }) => decided && confidence === 'certain').length;
  return `${lines.join('\n')}\n${right} of ${cells.length} right; ${certain} of ${cells.filter(({ decided }) => decided).length} decided ones certain`;
}
