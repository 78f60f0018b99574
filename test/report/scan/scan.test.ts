import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { readAnswer } from '../../../src/causes/probe/reading.ts';
import { makeReport } from '../../../src/report/make-report.ts';
import { renderScan as partsOf, type ScanReport } from '../../../src/report/scan/index.ts';
import { makeGroups } from '../../../src/report/scan/make-groups.ts';
import type { CauseGroup, GroupMember, GroupSubject } from '../../../src/values/group.ts';
import { kubectl } from '../../../src/words/kubectl.ts';
import { cases } from '../cases.ts';
import { ago, now, titles } from '../evidence-builder.ts';

const subject = (over: Partial<GroupSubject> = {}): GroupSubject => ({
  kind: 'image',
  name: 'registry.example.com/payment:v2.1.3',
  namespaces: [],
  node: null,
  worksElsewhere: null,
  ...over,
});

const member = (over: Partial<GroupMember> = {}): GroupMember => ({
  namespace: 'shop',
  pod: 'payment-1',
  container: 'app',
  image: 'registry.example.com/payment:v2.1.3',
  node: 'node1',
  owner: { kind: 'Deployment', name: 'payment' },
  code: 'manifest-not-found',
  confidence: 'certain',
  ...over,
});

function group(over: Partial<CauseGroup> = {}): CauseGroup {
  const members = over.members ?? [member(), member({ pod: 'payment-2', node: 'node2' })];
  return {
    code: 'manifest-not-found',
    confidence: 'certain',
    retry: 'never',
    subject: subject(),
    members,
    since: ago(300),
    explanation: 'The tag v2.1.3 does not exist.',
    saidOfAll: true,
    fixes: [
      { title: 'use the nearest tag', commands: ['kubectl -n shop set image deployment/payment app=registry.example.com/payment:v2.1.2'] },
    ],
    example: members[0] ?? member(),
    ...over,
  };
}

async function renderScan(...args: Parameters<typeof partsOf>): Promise<string> {
  let text = '';
  for await (const part of partsOf(...args)) text += part;
  return text;
}

const options = { columns: undefined, colour: false, headers: true, now: new Date(now) };

function list(...groups: readonly CauseGroup[]): ScanReport {
  const [first] = Object.values(cases).map((make) => make());
  const items = first === undefined ? [] : [makeReport(first.evidence, first.verdicts, titles, { readAnswer })];
  return { items, names: items.map(({ pod }) => pod.name), groups: makeGroups(groups, titles) };
}

test('a group is a row: what is broken, whose it is, since when, one fix, and where to read on', async () => {
  assert.equal(
    await renderScan('table', list(group()), options),
    `PODS   SINCE   CAUSE
2      5m      manifest-not-found (certain): registry.example.com/payment:v2.1.3
               The tag v2.1.3 does not exist.
               Deployment shop/payment (2), on node1 and node2
               Fix   use the nearest tag:
                       kubectl -n shop set image deployment/payment app=registry.example.com/payment:v2.1.2
               More  kubectl imagepull why payment-1 -n shop
`,
  );
});

test('wide lists the pods; without headers there are none', async () => {
  const text = await renderScan('wide', list(group()), { ...options, headers: false });
  assert.match(text, /^2 {3}5m {3}manifest/);
  assert.match(text, /- shop\/payment-2 on node2, app: registry\.example\.com\/payment:v2\.1\.3\n$/);
});

test('what names one node names the others too, in sentence and fix', async () => {
  const members = ['node1', 'node2', 'node10'].map((node) => member({ pod: `p-${node}`, node }));
  const fixes = [{ title: 'on node node1, trust the authority', commands: [] }];
  const text = await renderScan('table', list(group({ members, fixes, explanation: 'Node node1 does not trust it.' })), options);
  assert.match(text, /Node node1 does not trust it\. The same holds for node10 and node2\./);
  assert.match(text, /Fix {3}on node node1, trust the authority; the like for node10 and node2$/m);
});

test('a cluster that is called as a node is, is not taken for the node', async () => {
  const reachedBy = ['--context=node1'];
  const members = ['node1', 'node2'].map((node) =>
    member({ pod: `p-${node}`, node, owner: { kind: 'Deployment', name: `web-on-${node}` } }),
  );
  const fix = { title: 'use the nearest tag', commands: [kubectl(reachedBy, '-n', 'shop', 'set', 'image', 'deployment/web', 'app=web:2')] };
  const text = await renderScan('table', list(group({ members, fixes: [fix], reachedBy })), { ...options, reachedBy });
  assert.match(text, /Fix {3}use the nearest tag:\n/);
  assert.match(text, /kubectl --context=node1 -n shop set image deployment\/web app=web:2\n +and the like for the other workload\n/);
  assert.match(text, /More {2}kubectl imagepull why p-node1 -n shop --context=node1\n/);
});

test('a sentence that is true of one pod alone says whose it is', async () => {
  const text = await renderScan('table', list(group({ saidOfAll: false, explanation: 'It answered with status 502.' })), options);
  assert.match(text, /Pod shop\/payment-1, for example: It answered with status 502\.$/m);
});

test('the first fix does not begin with "then"', async () => {
  const text = await renderScan('table', list(group({ fixes: [{ title: 'then wait: the kubelet tries again', commands: [] }] })), options);
  assert.match(text, /Fix {3}wait: the kubelet tries again$/m);
});

test('many owners and nodes are counted, and the fix says that it is for one of them', async () => {
  const members = Array.from({ length: 30 }, (_, i) =>
    member({ pod: `p-${i}`, node: `node${i}`, namespace: `team-${i}`, owner: { kind: 'StatefulSet', name: `db-${i}` } }),
  );
  const table = await renderScan('table', list(group({ members })), options);
  assert.match(table, /StatefulSet team-3\/db-3 and 26 more, on 30 nodes/);
  assert.match(table, /and the like for the 29 other workloads/);
  const wide = await renderScan('wide', list(group({ members })), options);
  assert.match(wide, /StatefulSet team-29\/db-29/);
});

test('each kind of subject has its words', async () => {
  const words = async (over: Partial<GroupSubject>) =>
    /\): (.*)/.exec(await renderScan('table', list(group({ subject: subject({ name: 'x', ...over }) })), options))?.[1];
  assert.equal(await words({ kind: 'repository' }), 'repository x');
  assert.equal(await words({ kind: 'registry' }), 'registry x');
  assert.equal(await words({ kind: 'registry-from-node', node: 'n' }), 'registry x from node n');
  assert.equal(
    await words({ kind: 'registry-from-node', node: 'n', worksElsewhere: true }),
    'registry x from node n, while it works elsewhere',
  );
  assert.equal(await words({ kind: 'mirror' }), 'mirror x');
  assert.equal(await words({ kind: 'secret', namespaces: ['a'] }), 'secret x in namespace a');
  assert.equal(await words({ kind: 'secret', namespaces: ['a', 'b'] }), 'secret x in namespaces a and b');
  assert.equal(await words({ kind: 'node' }), 'node x');
});

test('a pod that is on no node, and failures without an event, are said', async () => {
  const text = await renderScan('table', list(group({ since: null, members: [member({ node: null, owner: null })] })), options);
  assert.match(text, /^1 {6}<unknown>/m);
  assert.match(text, /Pod shop\/payment-1, on no node yet/);
});

test('text of servers cannot move the cursor, and lines are wrapped to the terminal but for commands', async () => {
  const evil = group({ explanation: '\u001b[2J long '.repeat(30), subject: subject({ name: 'a\u202eb' }) });
  const text = await renderScan('table', list(evil), { ...options, columns: 80 });
  assert.doesNotMatch(text, /[\u001b\u202e]/);
  const long = text.split('\n').filter((line) => line.length > 80);
  assert.deepEqual(long.length, 1);
  assert.match(long[0] ?? '', /kubectl -n shop set image/);
});

test('JSON and YAML are the same list, and fit the schema, with groups or without', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'));
  for (const definition of Object.values<Record<string, unknown>>(schema.definitions)) {
    if (definition.properties !== undefined) definition.additionalProperties = false;
  }
  const formats = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) };
  const validate = new Ajv({ strict: false, formats }).compile({ ...schema, $id: 'urn:imagepull:v1:scan' });
  const both = list(group(), group({ subject: subject({ kind: 'registry-from-node', node: 'n', worksElsewhere: true }), since: null }));
  for (const report of [both, { ...list(), items: [] }]) {
    const text = await renderScan('json', report, options);
    const json = JSON.parse(text);
    assert.equal(text, `${JSON.stringify(json, null, 4)}\n`);
    assert.equal(validate(json), true, JSON.stringify(validate.errors, null, 2));
    assert.deepEqual(load(await renderScan('yaml', report, options)), json);
  }
});

test('names are pods; nothing found prints nothing for people', async () => {
  assert.equal(await renderScan('name', list(group()), options), 'pod/payment-7d4b8c6f9b-xyz12\n');
  const none = { ...list(), items: [], names: [] };
  for (const format of ['table', 'wide', 'name'] as const) assert.equal(await renderScan(format, none, options), '');
});

test('as Markdown: what is broken as a table, then each with its explanation and its fix', async () => {
  const text = await renderScan('markdown', list(group({ explanation: 'The tag `x` | <b>' })), options);
  assert.equal(
    text,
    `| pods | since | cause | what |
| --- | --- | --- | --- |
| 2 | 5m | **manifest-not-found** (certain) | registry.example.com/payment:v2.1.3 |

#### manifest-not-found: registry.example.com/payment:v2.1.3

The tag \\\`x\\\` \\| &lt;b>

2 pods: Deployment \`shop/payment\`, on \`node1\` and \`node2\`.

Fix: use the nearest tag

\`\`\`sh
kubectl -n shop set image deployment/payment app=registry.example.com/payment:v2.1.2
\`\`\`
`,
  );
  assert.equal(await renderScan('markdown', { items: [], names: [], groups: [] }, options), '');
});
