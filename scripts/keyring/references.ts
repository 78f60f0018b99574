import type { Random } from './random.ts';

const hosts = [
  'registry.example.com',
  'a.b.example.com',
  'example.com',
  'docker.io',
  'index.docker.io',
  'localhost',
  'quay.io',
  'ghcr.io',
  '10.0.0.1',
  '[::1]',
  '1234.dkr.ecr.eu-west-1.amazonaws.com',
  'registry-1.docker.io',
  'reg',
];
const ends = [
  '',
  ':v1',
  `@sha256:${'a'.repeat(64)}`,
  `:V1@sha256:${'a'.repeat(64)}`,
  ':',
  '@',
  `:${'x'.repeat(129)}`,
  `@sha256:${'a'.repeat(63)}`,
  `@sha256:${'A'.repeat(64)}`,
  `@md5:${'a'.repeat(32)}`,
  `@sha512:${'a'.repeat(128)}`,
  `@sha384:${'b'.repeat(96)}`,
];
const pieces = (
  'a B . / // : @ - _ __ ___ -- localhost a_b.c x.y x-.y docker.io index.docker.io/ [::1] 5000 sha256: é % ' +
  `${'c'.repeat(64)} ${'d'.repeat(250)}`
).split(' ');

/** Mostly the few hosts that the keys are for, so that many match. */
export function host(random: Random): string {
  return random.pick(random.chance(0.5) ? hosts.slice(0, 5) : hosts);
}

/** A well-formed image without tag. */
export function image(random: Random): string {
  const registry = random.chance(0.2) ? '' : `${host(random)}${random.pick(['', '', ':5000', ':443'])}/`;
  return registry + random.pick(['nginx', 'team/app', 'team2/app', 'library/nginx', 'team/app/x', 'app']);
}

/** A reference, well formed or not. */
export function reference(random: Random): string {
  if (random.chance(0.5)) return image(random) + random.pick(ends);
  return random.repeat(() => random.pick([...pieces, ' ', '\n']), 7);
}
