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
}

const batches = JSON.parse(readFileSync(new URL('fixtures/public-messages.json', import.meta.url), 'utf8')) as Record<
  string,
  PublicMessage[]
>;

for (const [batch, messages] of Object.entries(batches)) {
  for (const { source, message, image, code } of messages) {
    test(`${batch} · ${source} · ${code}`, () => assert.equal(read(message, image).code, code, read(message, image).error.clause));
  }
}
