import { normalizeKey } from '../../src/image/registry-key.ts';
import type { Random } from './random.ts';
import { host } from './references.ts';

const patterns = [
  '*.example.com',
  '*.*.example.com',
  'reg*.example.com',
  '*',
  '*.com',
  '*.io',
  're?istry.example.com',
  '*uay.*',
  'qu*y.io',
  '*.dkr.ecr.*.amazonaws.com',
  'Registry.Example.com',
  're\\gistry.example.com',
  'q**y.io',
  '[quay.io',
  'qu[]ay.io',
  '%71uay.io',
  'quäy.io',
  'a_b.example.com',
  'user@quay.io',
  'us:er@quay.io',
  'u ser@quay.io',
  'quay.io:',
  '::1',
  'a:b:c',
];
const ports = ['', ':5000', ':443', ':*', ':x', ':'];
const paths =
  '/ /v1/ /v2/ /v1 /v2 /team /team/ /team/app /v1/team /v2/team/app /library /* /team/app:v1 //team /te%61m /te%zzm ?x=1 /team?x #f /team#f'.split(
    ' ',
  );
const schemes = ['', '', '', 'https://', 'http://', 'HTTPS://', 'ftp://', '//', ' '];
const oddTexts = [
  'null',
  '{}',
  '{"auths":null}',
  '{"auths":[]}',
  '{"auths":5}',
  '[]',
  '5',
  '{"r":{}}',
  '{"HttpHeaders":5}',
  '{"HttpHeaders":{"a":5},"auths":{}}',
  '{"AUTHS":{"quay.io":{"username":"z","password":"q"}}}',
  '{"auths":{"quay.io":{"username":"z","password":"q"}},"HttpHeaders":{"a":null}}',
  '',
  ' ',
  '{"auths":',
  '"e30="',
];

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The text of a `.dockerconfigjson`: mostly usable, with every kind of key, and now and then spoiled. */
export function pullSecret(random: Random, nextUser: () => string): string {
  if (random.chance(0.02)) return random.pick(oddTexts);
  const auths: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (let left = random.number() * 4; left >= 0; left--) {
    const key = registryKey(random);
    const normalized = normalizeKey(key)?.text ?? key;
    // Go's maps have no order: of two keys that become one, either may win.
    if (seen.has(normalized)) continue;
    seen.add(normalized);
    auths[key] = entry(random, nextUser());
  }
  return JSON.stringify({ auths });
}

function registryKey(random: Random): string {
  if (random.chance(0.03)) return random.repeat(() => random.pick([...'a./:*[]%@?# é\u0001"<|\\']), 8);
  const name = random.chance(0.25) ? random.pick(patterns) : host(random);
  const port = random.chance(0.7) ? '' : random.pick(ports);
  const path = random.chance(0.5) ? '' : random.pick([...paths, '/te am']);
  return random.pick(schemes) + name + port + path + random.pick(['', '', '', ' ', '/']);
}

function entry(random: Random, user: string): unknown {
  if (random.chance(0.72)) return { username: user, password: 'pw' };
  if (random.chance(0.95)) return { auth: base64(`${user}:pw`) };
  return random.pick([
    null,
    {},
    { username: user },
    { Username: user, PASSWORD: 'pw' },
    { auth: oddAuth(random, user) },
    { auth: oddAuth(random, user), username: 'x' },
    { identitytoken: 't', username: user, password: 'p' },
    'x',
    5,
    [],
    { auth: 5 },
    { username: null, password: 'p' },
    { email: 5 },
    { auth: null, username: user, password: 'p' },
    { username: true },
    { email: 'e', username: user },
  ]);
}

function oddAuth(random: Random, user: string): string {
  const good = base64(random.pick([`${user}:pw`, `${user}:p:w`, user, `${user}:`, ':pw', `${user}:pässw`, '']));
  return random.pick([
    good,
    good.replace(/=+$/, ''),
    `${good}=`,
    `${good}\n`,
    ` ${good}`,
    `${good.slice(0, 5)}\n${good.slice(5)}`,
    good.slice(0, -1),
    good.replace(/.$/, '-'),
    `${good}!`,
    `${good.replace(/=/g, '')}=\n=`,
    `${good}\r\n `,
    '=',
    '==',
    'a',
    'ab=',
    'ab==\nc',
    `é${good}`,
  ]);
}
