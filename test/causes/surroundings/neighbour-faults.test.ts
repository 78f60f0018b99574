import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourFares } from '../../../src/causes/surroundings/neighbour-faults.ts';
import type { Neighbours } from '../../../src/values/evidence.ts';

const none = { works: 0, fails: 0 };
const times = { newestWorking: null, oldestFailing: null, newestPulled: null };

/** One pod on this node, of another registry, that fails so. */
function beside(message: string): Neighbours {
  return {
    container: 'app',
    kind: 'container',
    sameImageWorks: [],
    sameImageFails: [],
    sameRegistryHere: none,
    sameRegistryElsewhere: none,
    otherRegistriesHere: { works: 0, fails: 1 },
    failures: [{ where: 'others', image: 'cache.test/a:1', node: 'n1', waiting: { reason: 'ErrImagePull', message } }],
    timesHere: times,
    timesElsewhere: times,
    cut: false,
  };
}

test("another registry's words about its upstream tell of that registry, not of this node's way", () => {
  const lookup = 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host';
  const fails = (message: string) => neighbourFares(beside(message), 'n1', 'registry.example.com/payment:1', 'dns-failure').others.fails;
  assert.equal(fails(lookup), 1);
  assert.equal(fails(`reading manifest 1 in cache.test/a: unknown: ${lookup}`), 0);
});
