// Compares src/image with Kubernetes' own Go packages over random cases: node scripts/keyring/compare.ts [SEED] [CASES]
import { spawnSync } from 'node:child_process';
import { readDockerConfig } from '../../src/image/docker-config.ts';
import { matchingCredentials, type PullSecret } from '../../src/image/keyring.ts';
import { parseReference, repositoryName } from '../../src/image/reference.ts';
import { pullSecret } from './pull-secrets.ts';
import { createRandom } from './random.ts';
import { image, reference } from './references.ts';

type Case =
  | { readonly kind: 'reference'; readonly image: string }
  | { readonly kind: 'keyring'; readonly image: string; readonly secrets: readonly string[] };

interface Answer {
  readonly error?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly logins?: readonly (readonly [string, string])[];
}

const [seed = 1, count = 20_000] = process.argv.slice(2).map(Number);
const cases = makeCases(seed, count);
const theirs = askKubelet(cases);
const differences = cases.flatMap((one, index) => {
  const ours = one.kind === 'reference' ? parse(one.image) : lookup(one);
  const go = theirs[index] ?? {};
  return same(ours, go) ? [] : [`${JSON.stringify(one)}\n  here:    ${JSON.stringify(ours)}\n  kubelet: ${JSON.stringify(go)}`];
});
for (const difference of differences.slice(0, 20)) console.log(difference);
const matched = theirs.filter(({ logins }) => (logins?.length ?? 0) > 0).length;
const refused = theirs.filter(({ error }) => error !== undefined).length;
console.log(`${cases.length} cases (${matched} with logins, ${refused} refused), ${differences.length} differences`);
process.exitCode = differences.length === 0 ? 0 : 1;

function makeCases(seed: number, count: number): readonly Case[] {
  const random = createRandom(seed);
  let users = 0;
  const nextUser = () => `u${users++}`;
  return Array.from({ length: count }, (_, index): Case => {
    if (index % 4 === 0) return { kind: 'reference', image: reference(random) };
    const written = image(random);
    const parsed = parseReference(written);
    const normalized = 'reference' in parsed && random.chance(0.9) ? repositoryName(parsed.reference) : written;
    const secrets = Array.from({ length: 1 + Math.floor(random.number() * 3) }, () => pullSecret(random, nextUser));
    return { kind: 'keyring', image: normalized, secrets };
  });
}

function askKubelet(cases: readonly Case[]): readonly Answer[] {
  const input = `${cases.map((one) => JSON.stringify(one)).join('\n')}\n`;
  const { status, stdout, stderr } = spawnSync('go', ['run', '.'], {
    cwd: `${import.meta.dirname}/kubelet`,
    input,
    maxBuffer: 1 << 30,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`go run: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

function parse(text: string): Answer {
  const parsed = parseReference(text);
  if ('invalid' in parsed) return { error: parsed.invalid.message };
  const { tag, digest } = parsed.reference;
  return { repository: repositoryName(parsed.reference), tag: tag ?? '', digest: digest ?? '' };
}

/** The kubelet stops at the first Secret that does not decode; one without entries is skipped. */
function lookup({ image, secrets }: { readonly image: string; readonly secrets: readonly string[] }): Answer {
  const usable: PullSecret[] = [];
  for (const [index, text] of secrets.entries()) {
    if (text === '') continue;
    const config = readDockerConfig(text, 'dockerconfigjson');
    if ('entries' in config) usable.push({ name: `s${index}`, entries: config.entries });
    else if (config.fault.code !== 'no-entries') return { error: config.fault.detail };
  }
  return { logins: matchingCredentials(usable, image).map(({ user, password }) => [user, password] as const) };
}

function same(ours: Answer, go: Answer): boolean {
  if (ours.error !== undefined || go.error !== undefined) return sameError(ours.error, go.error);
  const { repository = '', tag = '', digest = '', logins = null } = ours;
  return JSON.stringify([repository, tag, digest, logins]) === JSON.stringify([go.repository, go.tag, go.digest, go.logins]);
}

/** Go names the map's key in a type error, and its JSON parser's words are its own: neither is imitated. */
function sameError(ours: string | undefined, go: string | undefined): boolean {
  if (ours === undefined || go === undefined) return false;
  return ours === 'it is not valid JSON' || ours === go.replace(/(auths|HttpHeaders)\.\S+ of/, '$1 of');
}
