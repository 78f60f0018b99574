import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import { readAnswer } from '../../src/causes/probe/reading.ts';
import { makeReport } from '../../src/report/make-report.ts';
import { render } from '../../src/report/render/index.ts';
import { watchedDocument } from '../../src/report/watch/document.ts';
import { causeCodes } from '../../src/values/cause-code.ts';
import type { PullReport } from '../../src/values/report.ts';
import type { Surroundings } from '../../src/values/surroundings.ts';
import type { WatchChange } from '../../src/values/watch.ts';
import { cases } from './cases.ts';
import { evidence, now, titles, verdict } from './evidence-builder.ts';

const schema = JSON.parse(await readFile(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const options = { columns: undefined, colour: false, headers: true, now: new Date(now) };

function compile(of: object): ValidateFunction {
  return new Ajv({ allErrors: true, strict: false, formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) } }).compile(
    of,
  );
}

const validate = compile(schema);

const reports = Object.values(cases).map((make) => {
  const { evidence, verdicts } = make();
  return makeReport(evidence, verdicts, titles, { readAnswer });
});

function check(document: unknown): void {
  assert.equal(validate(document), true, JSON.stringify(validate.errors, null, 2));
}

test('every report fits the schema, in JSON and in YAML', async () => {
  for (const report of reports) {
    const json = JSON.parse(await render('json', [report], options));
    check(json);
    assert.deepEqual(json, report);
    assert.deepEqual(load(await render('yaml', [report], options)), report);
  }
});

test('what bears on a cause fits the schema, as words and as data', () => {
  const fares = { works: 0, fails: 1, answered: 0 };
  const [place, node, registry] = ['node', 'n1', 'r.example.com'] as const;
  const spread = {
    here: fares,
    elsewhere: fares,
    others: fares,
    imageElsewhere: true,
    since: null,
    fresh: false,
    cut: true,
    namespace: 'shop',
  };
  const surroundings: Surroundings = {
    spread: { sign: 'only-this-node', registry, node, ...spread, pointsAt: place },
    workstation: { sees: 'reached', host: registry, node, isNameInUse: true, pointsAt: null },
    changes: [{ what: 'secret', name: 'regcred', at: now, before: 60_000 }],
  };
  const report = makeReport(evidence(), [verdict({ code: 'dns-failure', surroundings })], titles, { readAnswer });
  check(report);
  const { sentence, ...data } = report.images[0]?.scope ?? assert.fail();
  assert.deepEqual(data, surroundings);
  assert.match(sentence, /^The one image .* Secret regcred was written 60s before the first failure\.$/);
  const odd = { ...report, images: [{ ...report.images[0], scope: { sentence, spread: { ...surroundings.spread, pointsAt: 'moon' } } }] };
  assert.equal(validate(odd), false);
});

test('any other number of reports is a list that fits the schema', async () => {
  for (const some of [[], reports]) {
    const json = JSON.parse(await render('json', some, options));
    check(json);
    assert.equal(json.kind, 'PullReportList');
    assert.equal(json.items.length, some.length);
  }
});

test('what a watch saw change fits the schema, whatever it is', () => {
  const at = now;
  const changes: readonly WatchChange[] = [
    { at, what: 'image', kind: 'imageVolume', name: 'app', before: 'a', after: 'b' },
    { at, what: 'pull-secrets', name: '', before: [], after: ['a'] },
    { at, what: 'secret', name: 's', before: { state: 'missing', changedAt: null }, after: { state: 'usable', changedAt: at } },
  ];
  const document = watchedDocument(reports.slice(0, 1), { state: 'failing', begunAt: at, since: at, first: null, changes });
  check(document);
  assert.equal(document.watch.changes.length, 3);
  const [change] = document.watch.changes;
  const wrong = { ...document, watch: { ...document.watch, changes: [{ ...change, after: 1 }] } };
  assert.equal(validate(wrong), false);
});

test('the schema knows exactly the cause codes', () => {
  assert.deepEqual(schema.definitions.CauseCode.enum, [...causeCodes]);
});

test('members may be added, and none may be missing', () => {
  const [report] = reports as [PullReport];
  check({ ...report, later: 1, pod: { ...report.pod, later: { more: true } } });
  for (const member of ['pod', 'images', 'steps', 'collectedAt']) {
    const { [member]: _, ...rest } = report as unknown as Record<string, unknown>;
    assert.equal(validate(rest), false, member);
  }
});

test('the schema names every member that a report has', () => {
  const closed = structuredClone(schema);
  for (const definition of Object.values<Record<string, unknown>>(closed.definitions)) {
    if (definition.properties !== undefined) definition.additionalProperties = false;
  }
  const strict = compile({ ...closed, $id: 'urn:imagepull:v1:closed' });
  for (const report of reports) assert.equal(strict(report), true, JSON.stringify(strict.errors, null, 2));
});

test('JSON is indented by four blanks and holds no character that a terminal obeys', async () => {
  const json = await render('json', reports, options);
  assert.match(json, /^\{\n {4}"apiVersion": "imagepull\/v1",\n/);
  assert.ok(json.endsWith('}\n'));
  assert.doesNotMatch(json, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('names', async () => {
  assert.equal(await render('name', reports.slice(0, 2), options), 'pod/payment-7d4b8c6f9b-xyz12\npod/payment-7d4b8c6f9b-xyz12\n');
});

test('what the pull will meet next stands in the document and in the table', async () => {
  const fixes = [{ title: 'use v2.1.2', commands: ['kubectl set image x'] }];
  const also = [{ code: 'manifest-not-found', confidence: 'likely', explanation: 'The tag does not exist.', fixes }] as const;
  const report = makeReport(evidence(), [verdict({ code: 'dns-failure', also })], titles, { readAnswer });
  check(JSON.parse(await render('json', [report], options)));
  assert.deepEqual(report.images[0]?.also, also);
  const table = await render('table', [report], options);
  assert.match(table, /^Then {2}manifest-not-found \(likely\): The tag does not exist\.$/m);
  assert.match(table, /^Then {2}use v2\.1\.2:\n {8}kubectl set image x$/m);
});
