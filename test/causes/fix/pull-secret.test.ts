import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import type { SecretFacts } from '../../../src/values/evidence.ts';
import { imageSpec, view } from '../view-builder.ts';

const malformed = (key: string | undefined, type = 'kubernetes.io/dockerconfigjson') => {
  const fault = {
    code: 'bad-auth',
    detail: 'unable to parse auth field, must be formatted as base64(username:password)',
    ...(key && { key }),
  } as const;
  const secret: SecretFacts = { name: 'reg', state: 'faulty', obstacle: null, type, fault, createdAt: null, changedAt: null, entries: [] };
  const subject = view({ spec: imageSpec(), secrets: [secret] });
  const { explanation, fixes } = catalogue['pull-secret-malformed'];
  return { says: explanation(subject), fix: fixes(subject)[0], commands: fixes(subject)[0]?.commands.join() ?? '' };
};

test('an entry at fault for another registry is named, and taken out without the rest', () => {
  const { says, fix, commands } = malformed('ghcr.io');
  assert.match(says, /: the auth field of its entry ghcr\.io is not the base64 of user:password\. /);
  assert.match(fix?.title ?? '', /^correct the entry ghcr\.io of secret reg, or take it out/);
  assert.doesNotMatch(commands, /create secret/);
  assert.match(commands, /get secret reg -o json \| jq '.*del\(\.auths\["ghcr\.io"\]\).*' \| kubectl -n shop replace -f -$/);
  assert.match(malformed('ghcr.io', 'kubernetes.io/dockercfg').commands, /\.data\["\.dockercfg"\].*del\(\.\["ghcr\.io"\]\)/);
  assert.match(malformed(`a'"$(x)`).commands, /del\(\.auths\["a'\\''\\"\$\(x\)"\]\)/);
});

test('one of the same site is another registry all the same', () => {
  assert.match(malformed('mirror.example.com').commands, /del\(\.auths\["mirror\.example\.com"\]\)/);
  assert.match(
    malformed('https://Registry.example.com:443/v2/').commands,
    /create secret docker-registry reg --docker-server=registry\.example\.com /,
  );
});

test('one for this registry is made anew, and so is a secret of which nothing can be told', () => {
  const own = malformed('https://registry.example.com');
  assert.match(own.commands, /create secret docker-registry reg --docker-server=registry\.example\.com /);
  assert.match(own.fix?.title ?? '', /other entries that it has are removed/);
  assert.match(malformed('https://…@ghcr.io').commands, /create secret docker-registry reg /);
  assert.match(malformed(undefined).commands, /create secret docker-registry reg /);
});

test('the filter that takes an entry out leaves the others as they were', { skip: !hasJq() }, () => {
  const config = { auths: { 'ghcr.io': { auth: 'eA==' }, 'quay.io': { auth: 'dTpw' } } };
  const secret = { data: { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') } };
  const filter = /jq '(.*)' \|/.exec(malformed('ghcr.io').commands)?.[1] ?? '';
  const out = JSON.parse(execFileSync('jq', [filter], { input: JSON.stringify(secret), encoding: 'utf8' }));
  assert.deepEqual(JSON.parse(Buffer.from(out.data['.dockerconfigjson'], 'base64').toString()), { auths: { 'quay.io': { auth: 'dTpw' } } });
});

function hasJq(): boolean {
  try {
    execFileSync('jq', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
