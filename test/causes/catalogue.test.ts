import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { catalogue } from '../../src/causes/catalogue.ts';
import { type CauseCode, type CauseFamily, causeCodes } from '../../src/values/cause-code.ts';
import type { ContainerKind, Owner } from '../../src/values/evidence.ts';
import { container, imageSpec, pod, richView, view } from './view-builder.ts';

const pages = join(import.meta.dirname, '../../docs/causes');
const headings = ['What it means', 'How imagepull knows', 'How to fix it', 'How to prevent it', 'What it is often mistaken for'];
const families: readonly CauseFamily[] = ['reference', 'credentials', 'rate', 'network', 'tls', 'registry', 'content', 'node', 'other'];
const page = (code: CauseCode): string => readFileSync(join(pages, `${code}.md`), 'utf8');

const kinds: readonly ContainerKind[] = ['container', 'initContainer', 'ephemeralContainer', 'imageVolume', 'sandbox'];
const owners: readonly (Owner | null)[] = [
  null,
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Node', 'Rollout'].map((kind) => ({
    kind,
    name: 'payment',
  })),
];
const registries = [
  'docker.io',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  'public.ecr.aws',
  'europe-docker.pkg.dev',
  'gcr.io',
  'shop.azurecr.io',
  'ghcr.io',
  'registry.gitlab.com',
  'quay.io',
  'nvcr.io',
  'registry.example.com:5000',
];

/** Every sentence and command that the catalogue has for a view. */
function allTexts(code: CauseCode, subject: ReturnType<typeof view>): string[] {
  const entry = catalogue[code];
  return [entry.explanation(subject), ...entry.fixes(subject).flatMap((fix) => [fix.title, ...fix.commands])];
}

function everyView() {
  const views = [view(), richView()];
  for (const kind of kinds) {
    for (const owner of owners) views.push(richView({ pod: pod({ owner, node: 'node-a' }), container: container({ kind }) }));
  }
  for (const registry of registries) {
    const spec = imageSpec({ reference: { registry, repository: 'team/app', tag: '1', digest: null } });
    views.push(richView({ spec, container: container({ image: `${registry}/team/app:1` }) }), view({ spec }));
  }
  return views;
}

describe('the catalogue', () => {
  for (const code of causeCodes) {
    it(`speaks plainly of ${code} whatever is known`, () => {
      for (const subject of everyView()) {
        assert.ok(catalogue[code].explanation(subject).length > 20);
        for (const text of allTexts(code, subject)) {
          assert.doesNotMatch(text, /undefined|null\b(?<!\/dev\/null)|NaN|\[object|\$\{/, text);
          assert.doesNotMatch(text, /^\s|\s$| {2}(?!namespace)|[!\u2013\u2014\u2018-\u201d]/, text);
          assert.doesNotMatch(text, /\.\.(?!\.)(?<!\.\.\.)|:\.|,\.| ,/, text);
        }
      }
    });
  }

  it('offers something to do about every cause but none', () => {
    for (const code of causeCodes) if (code !== 'none') assert.notEqual(catalogue[code].fixes(view()).length, 0, code);
  });

  it('has a title for each that is short and in lower case', () => {
    for (const code of causeCodes) assert.match(catalogue[code].title, /^[a-zH](?!.*\.$).{8,48}$/, code);
    assert.equal(new Set(causeCodes.map((code) => catalogue[code].title)).size, causeCodes.length);
  });

  it('writes commands that a shell can parse', () => {
    const commands = new Set(
      causeCodes.flatMap((code) => everyView().flatMap((subject) => catalogue[code].fixes(subject).flatMap((fix) => fix.commands))),
    );
    for (const text of commands) assert.doesNotThrow(() => execFileSync('sh', ['-n'], { input: `${text}\n`, stdio: 'pipe' }), text);
  });

  it('never lets a name break out of a command', () => {
    const evil = 'x\'; touch PWNED; $(touch PWNED) `touch PWNED` "\n#';
    const hostile = richView({
      pod: pod({ namespace: evil, name: evil, owner: { kind: 'Deployment', name: evil }, node: evil, serviceAccount: evil }),
      container: container({ container: evil, image: evil }),
      spec: imageSpec({
        reference: { registry: evil, repository: evil, tag: evil, digest: null },
        invalid: { message: evil, suggestion: evil },
      }),
      secrets: [{ name: evil, state: 'missing', obstacle: null, type: null, fault: null, createdAt: null, changedAt: null, entries: [] }],
    });
    // No program can be found, so that each one that a command would start is only written down.
    const directory = mkdtempSync(join(tmpdir(), 'imagepull-shell-'));
    const prelude = 'command_not_found_handle() { echo "$1" >> started; }\n';
    const started = new Set<string>();
    for (const text of new Set(causeCodes.flatMap((code) => catalogue[code].fixes(hostile).flatMap((fix) => fix.commands)))) {
      assert.doesNotMatch(text, /\n/, 'a command stays on one line');
      execFileSync('/bin/bash', ['-c', prelude + text], { stdio: 'pipe', cwd: directory, env: { PATH: '/nowhere' } });
      for (const program of readFileSync(join(directory, 'started'), 'utf8').trim().split('\n')) started.add(program);
    }
    rmSync(directory, { recursive: true });
    assert.ok(started.has('kubectl'));
    assert.ok(!started.has('touch'), [...started].join(' '));
  });
});

describe('fixes', () => {
  const commands = (code: CauseCode, subject = richView()): string[] => catalogue[code].fixes(subject).flatMap((fix) => fix.commands);

  it('name the nearest tag, at the owner', () => {
    assert.equal(commands('manifest-not-found')[0], 'kubectl -n shop set image deployment/payment app=registry.example.com/payment:v2.1.2');
  });

  it('delete the stuck pod of a StatefulSet, which would wait for it for ever', () => {
    const subject = richView({ pod: pod({ owner: { kind: 'StatefulSet', name: 'db' } }) });
    assert.deepEqual(commands('manifest-not-found', subject).slice(0, 2), [
      'kubectl -n shop set image statefulset/db app=registry.example.com/payment:v2.1.2',
      'kubectl -n shop delete pod payment-7d4b8c6f9b-xyz12',
    ]);
  });

  it('change an image volume by a patch, as set image knows only containers', () => {
    const subject = richView({ container: container({ kind: 'imageVolume', container: 'models' }) });
    assert.match(
      commands('manifest-not-found', subject)[0] ?? '',
      /^kubectl -n shop patch deployment\/payment -p '\{.*"volumes":\[\{"name":"models","image":\{"reference"/,
    );
  });

  it('do not set the image of a Job, whose template is immutable, nor delete its pod, which it may count as a failure', () => {
    const subject = richView({ pod: pod({ owner: { kind: 'Job', name: 'migrate' } }) });
    const all = causeCodes.flatMap((code) => commands(code, subject)).join('\n');
    assert.doesNotMatch(all, /set image job|delete pod|patch job/);
    assert.match(all, /set image pod\/payment/);
  });

  it('never try to change the pull secrets of a pod', () => {
    const all = causeCodes.flatMap((code) => commands(code, view())).join('\n');
    assert.doesNotMatch(all, /patch pod/);
  });

  it('write the key of Docker Hub as the kubelet knows it', () => {
    const spec = imageSpec({ reference: { registry: 'docker.io', repository: 'team/app', tag: '1', digest: null } });
    const subject = richView({ spec, credentials: { container: 'app', kind: 'container', tries: [], nearest: null } });
    assert.match(
      commands('auth-required', subject)[0] ?? '',
      /--docker-server=https:\/\/index\.docker\.io\/v1\/ --docker-username=DOCKER_ID /,
    );
    assert.match(commands('rate-limited', subject)[0] ?? '', /^kubectl -n shop create secret docker-registry docker-io-pull /);
  });

  it("prefer the nodes' identity on the registry's own cloud, and no other", () => {
    const spec = imageSpec({
      reference: { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'app', tag: '1', digest: null },
    });
    assert.match(commands('auth-required', richView({ spec }))[0] ?? '', /^aws iam attach-role-policy /);
    const elsewhere = richView({ spec, node: { ...notNull(richView().node), provider: 'gce://project/zone/node' } });
    assert.match(
      commands('auth-required', elsewhere)[0] ?? '',
      /--docker-username=AWS --docker-password="\$\(aws ecr get-login-password --region eu-west-1\)"$/,
    );
  });

  it('make the pod anew where its service account got the pull secret later', () => {
    const base = richView();
    const spec = {
      ...base.evidence.spec,
      facts: { images: [], pullSecrets: [], serviceAccount: { value: { name: 'default', pullSecrets: ['late'] } }, nodeSelector: {} },
    };
    const subject = richView({ evidence: { ...base.evidence, spec: spec as typeof base.evidence.spec }, secrets: [] });
    assert.equal(commands('auth-required', subject)[0], 'kubectl -n shop delete pod payment-7d4b8c6f9b-xyz12');
  });

  it('never replace a secret that is for quite another registry', () => {
    const nearest = { secret: 'regcred', key: 'quay.io', shouldBe: 'registry.example.com' };
    const unrelated = richView({ credentials: { container: 'app', kind: 'container', tries: [], nearest } });
    assert.doesNotMatch(commands('pull-secret-wrong-registry', unrelated).join('\n'), /regcred/);
    assert.doesNotMatch(catalogue['pull-secret-wrong-registry'].explanation(unrelated), /should be/);
    const typo = { ...nearest, key: 'registry.example.com:5000' };
    const related = richView({ credentials: { container: 'app', kind: 'container', tries: [], nearest: typo } });
    assert.match(commands('pull-secret-wrong-registry', related)[0] ?? '', /secret docker-registry regcred .* replace -f -$/);
  });

  it('replace a secret in one step where its type may stay, and delete it first where not', () => {
    assert.deepEqual(commands('pull-secret-malformed').slice(0, 1), ['kubectl -n shop delete secret broken']);
    assert.match(commands('auth-rejected')[0] ?? '', /--dry-run=client -o yaml \| kubectl -n shop replace -f -$/);
  });

  it('make a bare pod again with its change, in one command', () => {
    assert.equal(
      commands('never-pull', view())[0],
      `kubectl -n shop get pod payment-7d4b8c6f9b-xyz12 -o yaml | kubectl patch --local -f - -p '{"spec":{"containers":[{"name":"app","imagePullPolicy":"IfNotPresent"}]}}' -o yaml | kubectl -n shop replace --force -f -`,
    );
  });

  it('say where the sandbox image is set, as no object of the cluster holds it', () => {
    const subject = richView({ container: container({ kind: 'sandbox', container: 'sandbox', image: 'registry.k8s.io/pause:9' }) });
    assert.match(catalogue['manifest-not-found'].fixes(subject)[0]?.title ?? '', /pinned_images\.sandbox/);
  });
});

describe('explanations', () => {
  it('name the entry that would be sent as nothing', () => {
    const [regcred] = richView().secrets;
    const entry = { key: 'registry.example.com', user: '', empty: true, expiresAt: null, remarks: ['credential-helper-ignored'] };
    const subject = richView({ secrets: [{ ...notNull(regcred ?? null), entries: [entry] }] });
    assert.equal(
      catalogue['pull-secret-malformed'].explanation(subject),
      'The entry registry.example.com of pull secret regcred holds no user and password that the kubelet can use. It relies on a credential helper, which the kubelet does not use.',
    );
  });

  it('accuse no single credential where several were sent and nothing tells which was refused', () => {
    const tries = ['one', 'two'].map((secret) => ({ secret, key: 'registry.example.com', user: 'u' }));
    const subject = richView({ credentials: { container: 'app', kind: 'container', tries, nearest: null }, registry: null });
    assert.match(catalogue['auth-rejected'].explanation(subject), /any of the credentials from secret one and secret two/);
  });

  it('claim no missing tag that the registry was not asked about', () => {
    assert.match(
      catalogue['manifest-not-found'].explanation(richView({ registry: null })),
      /^The registry answered that .* was not found\.$/,
    );
  });

  it('take the name of a missing secret from the event where secrets may not be read', () => {
    const base = richView();
    const message = 'Unable to retrieve some image pull secrets (ghost); attempting to pull the image may not succeed.';
    const event = { ...notNull(base.events[0] ?? null), reason: 'FailedToRetrieveImagePullSecret', message, container: null };
    const events = { milliseconds: 1, outcome: 'done', facts: { events: [event], sandboxImage: null } } as const;
    const secrets = base.secrets.map((secret) => ({ ...secret, state: 'unreadable' as const }));
    const subject = richView({ evidence: { ...base.evidence, events }, secrets });
    assert.match(catalogue['pull-secret-missing'].explanation(subject), /^The pull secret ghost does not exist in namespace shop/);
  });
});

describe('the pages', () => {
  it('are one for each cause, and no other', () => {
    const files = readdirSync(pages).filter((name) => name !== 'README.md');
    assert.deepEqual(files.sort(), causeCodes.map((code) => `${code}.md`).sort());
  });

  for (const code of causeCodes) {
    it(`explain ${code} under the same headings`, () => {
      const lines = page(code).split('\n');
      assert.equal(lines[0], `# ${code}`);
      assert.deepEqual(
        lines.filter((line) => line.startsWith('## ')).map((line) => line.slice(3)),
        headings,
      );
      assert.match(lines[2] ?? '', /^[A-Z].*\.$/, 'a summary of one line');
      const long = lines.find((line) => line.length > 100);
      assert.equal(long, undefined, 'lines fit a terminal');
      assert.doesNotMatch(page(code), /[^\x20-\x7e\n]|[ \t]\n|\n{3}|[^#]!/, 'plain text');
      assert.ok(page(code).endsWith('\n'));
    });
  }

  it('are listed in the index by family, with title and retry', () => {
    const index = readFileSync(join(pages, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/^- \[([a-z-]+)\]\(([a-z-]+)\.md\): (.+) \((never|wait|now)\)$/gm)].map(
      ([, code, file, title, retry]) => ({ code, file, title, retry }),
    );
    const expected = families.flatMap((family) => causeCodes.filter((code) => catalogue[code].family === family));
    assert.deepEqual(
      listed,
      expected.map((code) => ({ code, file: code, title: catalogue[code].title, retry: catalogue[code].retry })),
    );
  });

  it('refer only to causes that there are', () => {
    for (const code of causeCodes) {
      for (const [, other] of page(code).matchAll(/\]\(([a-z-]+)\.md\)|imagepull explain ([a-z-]+)/g)) {
        if (other) assert.ok((causeCodes as readonly string[]).includes(other), `${code} refers to ${other}`);
      }
    }
  });
});

function notNull<T>(value: T | null): T {
  assert.notEqual(value, null);
  return value as T;
}
