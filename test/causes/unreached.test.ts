import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/causes/catalogue.ts';
import { unreached } from '../../src/causes/unreached.ts';
import { causeCodes } from '../../src/values/cause-code.ts';

test('what lies between node and registry is the families network and tls, and mirrors', () => {
  const families = causeCodes.filter((code) => catalogue[code].family === 'network' || catalogue[code].family === 'tls');
  assert.deepEqual([...unreached].sort(), [...families, 'mirror-misconfigured'].sort());
});
