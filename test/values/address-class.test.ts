import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyAddress, mayPointTo } from '../../src/values/address-class.ts';

test('addresses inside are told from those outside', () => {
  assert.deepEqual(
    [
      '8.8.8.8',
      '10.1.2.3',
      '172.31.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '168.63.129.16',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      'fc00::1',
      '::ffff:169.254.169.254',
      '2001:db8::1',
      '0.0.0.0',
      '::',
      '100.64.0.1',
      '100.100.100.200',
      '[fe80::1%eth0]',
      'registry.example.com',
    ].map(classifyAddress),
    [
      'public',
      'private',
      'private',
      'loopback',
      'link-local',
      'link-local',
      'loopback',
      'link-local',
      'link-local',
      'private',
      'link-local',
      'public',
      'loopback',
      'loopback',
      'private',
      'link-local',
      'link-local',
      'public',
    ],
  );
  assert.equal(mayPointTo('10.0.0.1', 'public'), false);
  assert.equal(mayPointTo('10.0.0.1', 'private'), true);
  assert.equal(mayPointTo('127.0.0.1', 'private'), false);
  assert.equal(mayPointTo('169.254.169.254', 'private'), false);
});
