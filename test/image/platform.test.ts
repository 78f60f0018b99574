import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPlatform, matchesPlatform, rankPlatform } from '../../src/image/platform.ts';

const platform = (text: string) => {
  const [os = '', architecture = '', variant] = text.split('/');
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
};

test('a node takes what containerd’s matcher takes', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['linux/amd64', 'linux/amd64', true],
    ['linux/amd64', 'linux/x86_64', true],
    ['linux/amd64', 'linux/amd64/v1', true],
    ['linux/amd64', 'linux/amd64/v3', false],
    ['linux/amd64', 'linux/386', true],
    ['linux/386', 'linux/amd64', false],
    ['linux/amd64', 'linux/arm64', false],
    ['linux/amd64', 'windows/amd64', false],
    ['linux/arm64', 'linux/arm64/v8', true],
    ['linux/arm64', 'linux/arm/v7', true],
    ['linux/arm64', 'linux/arm64/v9', false],
    ['linux/arm', 'linux/arm/v6', true],
    ['linux/arm', 'linux/arm/v8', false],
    ['linux/arm/v6', 'linux/arm/v7', false],
    ['linux/s390x', 'linux/s390x', true],
    ['linux/riscv64', 'linux/ppc64le', false],
  ];
  for (const [node, offered, matches] of cases)
    assert.equal(matchesPlatform(platform(node), platform(offered)), matches, `${offered} on ${node}`);
});

test('the native platform ranks before an emulated one', () => {
  assert.equal(rankPlatform(platform('linux/amd64'), platform('linux/amd64')), 0);
  assert.equal(rankPlatform(platform('linux/amd64'), platform('linux/386')), 1);
});

test('platforms are spelled canonically', () => {
  assert.equal(formatPlatform(platform('linux/aarch64')), 'linux/arm64');
  assert.equal(formatPlatform(platform('linux/arm')), 'linux/arm/v7');
});
