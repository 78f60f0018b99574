import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { read } from '../../../src/causes/reader/read.ts';
import type { CauseCode } from '../../../src/values/cause-code.ts';

interface PublicMessage {
  readonly source: string;
  readonly message: string;
  readonly image?: string;
  readonly code: CauseCode;
  /** Other causes that a careful reader may give it. */
  readonly also?: readonly CauseCode[];
  /** The text does not prove its cause: no reading may be certain of one. */
  readonly uncertain?: boolean;
}

const lab = JSON.parse(readFileSync(new URL('fixtures/lab-messages.json', import.meta.url), 'utf8')) as {
  readonly scenario: string;
  readonly message: string;
  readonly code: CauseCode;
}[];

for (const { scenario, message, code } of lab) {
  test(`lab · ${scenario} · ${code}`, () => assert.equal(read(message).code, code, read(message).error.clause));
}

const batches = JSON.parse(readFileSync(new URL('fixtures/public-messages.json', import.meta.url), 'utf8')) as Record<
  string,
  PublicMessage[]
>;

for (const [batch, messages] of Object.entries(batches)) {
  for (const { source, message, image, code, also, uncertain } of messages) {
    test(`${batch} · ${source} · ${code}`, () => {
      const reading = read(message, image);
      const accepted = [code, ...(also ?? [])];
      assert.ok(accepted.includes(reading.code), `${reading.code}, not ${accepted.join(' or ')}: ${reading.error.clause}`);
      if (uncertain) assert.notEqual(reading.confidence, 'certain', reading.error.clause);
    });
  }
}
