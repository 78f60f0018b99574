import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInNetwork, parseIp } from '../../src/values/ip-network.ts';

test('addresses in figures, however they are written', () => {
  assert.deepEqual(parseIp('10.0.0.1'), { bits: 32, value: 0x0a000001n });
  assert.deepEqual(parseIp('::ffff:10.0.0.1'), parseIp('10.0.0.1'));
  assert.deepEqual(parseIp('[fd00:0:0::1]'), parseIp('fd00::1'));
  for (const text of ['', 'a', '1.2.3', '1.2.3.256', '1.2.3.4.5', ':', ':::', 'fd00::1::2', 'a:443', '::1%eth0'])
    assert.equal(parseIp(text), null, text);
});

test('networks', () => {
  const holds = (address: string, network: string) => isInNetwork(parseIp(address) ?? assert.fail(), network);
  assert.equal(holds('172.31.9.9', '172.16.0.0/12'), true);
  assert.equal(holds('172.32.0.1', '172.16.0.0/12'), false);
  assert.equal(holds('10.0.0.1', '0.0.0.0/0'), true);
  assert.equal(holds('fd12::1', 'fd00::/8'), true);
  assert.equal(holds('10.0.0.1', 'fd00::/8'), false);
  for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0/8', 'a/8', '/8']) assert.equal(holds('10.0.0.1', text), null, text);
});
