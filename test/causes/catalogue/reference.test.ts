import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/causes/catalogue.ts';
import { parseReference } from '../../../src/image/reference.ts';
import type { ImageRegistryFacts, Proposal, SuggestedImage } from '../../../src/values/evidence.ts';
import { attempt } from '../../report/evidence-builder.ts';
import { container, evidence, imageSpec, richView, view } from '../view-builder.ts';

const tags = { count: 5, complete: true, nearest: [], newest: 'v2.1.2' };
const registry = { ...(richView().registry as ImageRegistryFacts), tags, attempts: [], proposals: [] };
const digest = `sha256:${'0'.repeat(64)}`;

test('a version is called the highest, not the newest', () => {
  const titles = catalogue['manifest-not-found'].fixes(view({ spec: imageSpec(), registry })).map(({ title }) => title);
  assert.equal(titles[0], 'use the highest tag, v2.1.2');
  assert.doesNotMatch(titles.join(), /newest/);
});

test('a tag in place of a pinned digest is offered with a warning, after what keeps the digest', () => {
  const spec = imageSpec({
    image: `registry.example.com/payment@${digest}`,
    reference: { registry: 'registry.example.com', repository: 'payment', tag: null, digest },
  });
  const subject = view({ spec, registry, container: container({ image: spec.image }) });
  const titles = catalogue['manifest-not-found'].fixes(subject).map(({ title }) => title);
  assert.match(titles[0] ?? '', /push the digest sha256/);
  assert.equal(
    titles.at(-1),
    'or use the highest tag, v2.1.2: other content than the digest that was pinned, so look at what changed first',
  );
});

test('of a missing digest without known tags, what comes after looking is said to come then', () => {
  const image = `registry.example.com/payment@${digest}`;
  const reference = { registry: 'registry.example.com', repository: 'payment', tag: null, digest };
  const fixes = catalogue['manifest-not-found'].fixes(view({ container: container({ image }), spec: imageSpec({ image, reference }) }));
  assert.deepEqual(
    fixes.slice(1).map(({ title }) => title),
    ['or see which tags there are', 'then use a digest that exists'],
  );
});

test('of a missing digest, the tag in its name is named as what it is; another registry never comes first', () => {
  const image = `registry.example.com/payment:v2.1.2@${digest}`;
  const spec = imageSpec({ image, reference: { registry: 'registry.example.com', repository: 'payment', tag: 'v2.1.2', digest } });
  const attempts = [attempt({ result: 'manifest-unknown' })];
  const own = { ...tags, nearest: ['v2.1.2', 'v2.1.1', 'v2.1.0'] };
  const pinned = (...proposals: readonly Proposal[]) =>
    view({ spec, registry: { ...registry, attempts, tags: own, proposals }, container: container({ image }) });
  const { explanation, fixes } = catalogue['manifest-not-found'];
  assert.match(explanation(pinned()), /The tag in its name, v2\.1\.2, is there, and is something else\./);
  const other: Proposal = { reference: 'other.example.com/payment:v1', why: 'in-use', verified: true };
  const titles = fixes(pinned(other)).map(({ title }) => title);
  assert.match(titles[0] ?? '', /^push the digest/);
  assert.match(titles[1] ?? '', /^or use the tag in its name, v2\.1\.2: other content than the digest/);
  assert.equal(titles.length, 3, 'no lower version beside it');
  assert.match(titles.at(-1) ?? '', /^or use the repository that other pods here run from: other content than the digest/);
  assert.doesNotMatch(explanation(pinned(other)), /may be what was meant/);
  const corrected: Proposal = { reference: `registry.example.com/pay-ment@${digest}`, why: 'separator', verified: true };
  assert.equal(fixes(pinned(corrected))[0]?.title, 'use the repository without the mistake in its name');
});

const invalid = { message: 'repository name must be lowercase', suggestion: 'registry.example.com/team/app:v1' };
const suggested = (overrides: Partial<SuggestedImage>) =>
  view({
    container: container({ image: 'registry.example.com/Team/App:v1' }),
    spec: imageSpec({ reference: null, invalid }),
    evidence: evidence({
      registry: {
        outcome: 'done',
        milliseconds: 5,
        facts: {
          images: [],
          suggested: [{ container: 'app', kind: 'container', reference: invalid.suggestion, result: 'found', nearest: [], ...overrides }],
        },
      },
    }),
  });

test('a name put forward for an invalid one says what its registry says of it', () => {
  const first = (subject: ReturnType<typeof view>) => catalogue['invalid-image-name'].fixes(subject)[0];
  assert.equal(first(suggested({}))?.title, 'use the name without the mistake, which the registry has');
  const typo = first(suggested({ result: 'manifest-unknown', nearest: ['v1.0'] }));
  assert.equal(typo?.title, 'use the name without the mistake, with the nearest tag, v1.0: the registry has no v1');
  assert.match(typo?.commands[0] ?? '', /app=registry\.example\.com\/team\/app:v1\.0$/);
  assert.equal(
    first(suggested({ result: 'manifest-unknown' }))?.title,
    'use the name without the mistake, with a tag that exists: the registry has no v1',
  );
  assert.equal(
    first(suggested({ result: 'repository-unknown' }))?.title,
    'correct the name: without the mistake, the registry does not have it either',
  );
  assert.equal(
    first(suggested({ result: 'unreachable' }))?.title,
    'use the name without the mistake (not checked whether the registry has it)',
  );
  assert.equal(
    first(view({ spec: imageSpec({ reference: null, invalid }) }))?.title,
    'use the name without the mistake (not checked whether the registry has it)',
  );
});

test('of a name whose mistake is plain, it is said what is wrong, and what to write', () => {
  const broken = (image: string) => {
    const parsed = parseReference(image);
    assert.ok('invalid' in parsed);
    const subject = view({ container: container({ image }), spec: imageSpec({ image, reference: null, invalid: parsed.invalid }) });
    const { explanation, fixes } = catalogue['invalid-image-name'];
    return { said: explanation(subject), fixes: fixes(subject) };
  };
  const short = broken('registry.example.com/app@sha256:abc');
  assert.match(short.said, /Its sha256 digest has 3 digits instead of 64\./);
  assert.match(short.fixes[0]?.commands[0] ?? '', /=registry\.example\.com\/app@sha256:DIGEST$/);
  const two = broken('registry.example.com/app:v2.1.2:latest');
  assert.match(two.said, /It has two tags, v2\.1\.2 and latest\./);
  assert.deepEqual(
    two.fixes.map(({ title, commands }) => [title, commands[0]?.split('=')[1]]),
    [
      ['use one of the two tags, v2.1.2', 'registry.example.com/app:v2.1.2'],
      ['or the other, latest', 'registry.example.com/app:latest'],
    ],
  );
});
