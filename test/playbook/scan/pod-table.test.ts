import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suspects } from '../../../src/playbook/scan/pod-table.ts';
import { columns, row } from './api.ts';

function isSuspect(ready: string, status: string): boolean {
  return suspects({ columnDefinitions: columns, rows: [row('web', ready, status)] }).length === 1;
}

test('what the kubelet says of images is suspicious, in init containers too', () => {
  for (const status of [
    'ErrImagePull',
    'ImagePullBackOff',
    'InvalidImageName',
    'ErrImageNeverPull',
    'Init:ImagePullBackOff',
    'CreateContainerError',
  ]) {
    assert.ok(isSuspect('0/1', status), status);
    assert.ok(isSuspect('1/2', status), status);
  }
});

test('a sentence in the place of a reason is suspicious, and so is a reason that no one knows yet', () => {
  assert.ok(isSuspect('0/1', 'illegal base64 data at input byte 0'));
  assert.ok(isSuspect('0/1', 'ImageOfTomorrow'));
});

test('what is healthy, or fails for another reason, is not', () => {
  const others = [
    'Running',
    'CrashLoopBackOff',
    'Error',
    'Completed',
    'CreateContainerConfigError',
    'Init:0/2',
    'Init:ExitCode:1',
    'Signal:9',
    'Init:Error',
    'OOMKilled',
    'NotReady',
    'Terminating',
  ];
  for (const status of others) assert.ok(!isSuspect('0/1', status), status);
  assert.ok(!isSuspect('2/2', 'Running'));
});

test('two containers that are not ready may hide a failure behind the state of the other', () => {
  assert.ok(isSuspect('0/2', 'CrashLoopBackOff'));
  assert.ok(isSuspect('1/3', 'Running'));
  assert.ok(!isSuspect('1/2', 'CrashLoopBackOff'));
});

test('name and node are found by the titles of their columns', () => {
  const table = {
    columnDefinitions: [{ name: 'Node' }, { name: 'Status' }, { name: 'Name' }],
    rows: [{ cells: ['n1', 'ErrImagePull', 'web'] }],
  };
  assert.deepEqual(suspects(table), [{ name: 'web', node: 'n1', crashes: false }]);
  assert.deepEqual(suspects({ rows: null }), []);
});

test('what crashes again and again is looked at for its platform', () => {
  const crashes = (status: string, restarts: unknown, ready = '0/1') => {
    const { cells } = row('web', ready, status);
    const rows = [{ cells: cells.map((cell, i) => (columns[i]?.name === 'Restarts' ? restarts : cell)) }];
    return suspects({ columnDefinitions: columns, rows }).map((suspect) => suspect.crashes);
  };
  assert.deepEqual(crashes('CrashLoopBackOff', 7), [true]);
  assert.deepEqual(crashes('Error', '2 (20s ago)'), [true]);
  assert.deepEqual(crashes('Init:CrashLoopBackOff', 3), [true]);
  assert.deepEqual(crashes('CrashLoopBackOff', 7, '0/2'), [false], 'it is read in full anyway');
  assert.deepEqual(crashes('Error', 1), []);
  assert.deepEqual(crashes('Running', 9), []);
});
