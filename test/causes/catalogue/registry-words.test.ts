import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/causes/judge.ts';
import { container, evidence, pod } from '../view-builder.ts';

test('a registry that fails is quoted, with its own words about its disk, and the disk of the node is left open', () => {
  const image = 'registry.example.com/payment:v1';
  const message = `failed to resolve reference "${image}": unexpected status from HEAD request to https://registry.example.com/v2/payment/manifests/v1: 500 Internal Server Error: {"errors":[{"code":"UNKNOWN","message":"no space left on device"}]}`;
  const own = container({ image, waiting: { reason: 'ErrImagePull', message } });
  const [first] = judge(
    evidence({ pod: pod({ node: 'n1' }), describe: { milliseconds: 0, outcome: 'done', facts: { containers: [own] } } }),
  );
  assert.deepEqual([first?.code, first?.confidence], ['registry-unavailable', 'likely']);
  assert.match(first?.explanation ?? '', /answered with status 500: .* It says: UNKNOWN: "?no space left on device\.$/);
  assert.ok(first?.alternatives.some(({ code }) => code === 'disk-full'));
});
