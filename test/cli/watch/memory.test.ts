import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchMemory } from '../../../src/cli/watch/memory.ts';
import { registryAnswers } from '../../../src/playbook/watch/registry-answers.ts';
import type { Evidence, ProbeFacts, Step } from '../../../src/values/evidence.ts';
import { container, done, evidence, pod } from '../../report/evidence-builder.ts';

const image = 'registry.example.com/payment:v2.1.3';
const dialling = 'dial tcp: lookup registry.example.com: no such host';
const failing = (message: string, parts: Partial<Evidence> = {}): Evidence => ({
  ...evidence(),
  describe: done({ containers: [container({ image, pull: 'failing', waiting: { reason: 'ErrImagePull', message } })] }),
  ...parts,
});

function probing(answer: Step<ProbeFacts>, elapsed?: () => number) {
  const memory = watchMemory(registryAnswers(), elapsed);
  let asked = 0;
  return async (found: Evidence) => {
    memory.nextRound();
    const before = asked;
    await memory.probe(found, async () => {
      asked++;
      return answer;
    });
    return asked > before;
  };
}

const heard = { outcome: 'done', milliseconds: 1, facts: {} } as unknown as Step<ProbeFacts>;

test('the node is asked once for the same question, also for the next pod of the rollout', async () => {
  const isAsked = probing(heard);
  assert.equal(await isAsked(failing(dialling)), true);
  assert.equal(await isAsked(failing(dialling)), false);
  assert.equal(await isAsked(failing(dialling, { pod: pod({ name: 'payment-2', uid: 'another' }) })), false);
});

test('an answer of two minutes ago is of another time: what nothing tells of may have been mended', async () => {
  let minutes = 0;
  const isAsked = probing(heard, () => minutes * 60_000);
  assert.equal(await isAsked(failing(dialling)), true);
  minutes = 1.9;
  assert.equal(await isAsked(failing(dialling)), false);
  minutes = 2;
  assert.equal(await isAsked(failing(dialling)), true);
  assert.equal(await isAsked(failing(dialling)), false);
});

test('another verdict, node or image is another question, and an answer of before is not weighed with it', async () => {
  const isAsked = probing(heard);
  assert.equal(await isAsked(failing(dialling)), true);
  assert.equal(await isAsked(failing(dialling, { pod: pod({ node: 'another' }) })), true);
  assert.equal(await isAsked(failing('tls: failed to verify certificate: x509: certificate signed by unknown authority')), true);
  // What was asked before it is of another time.
  assert.equal(await isAsked(failing(dialling)), true);
});

test('what was not needed is decided anew; a refusal is not', async () => {
  const skipped = probing({ outcome: 'skipped', milliseconds: 0, reason: 'not needed' });
  assert.deepEqual([await skipped(failing(dialling)), await skipped(failing(dialling))], [true, true]);
  const obstacle = { kind: 'refused', message: 'by a policy' } as const;
  const refused = probing({ outcome: 'unknown', milliseconds: 0, obstacle });
  assert.deepEqual([await refused(failing(dialling)), await refused(failing(dialling))], [true, false]);
});
