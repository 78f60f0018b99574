import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { groupFailures } from '../../../src/causes/group/group.ts';
import { judge } from '../../../src/causes/judge.ts';
import type { Evidence } from '../../../src/values/evidence.ts';

const lab = JSON.parse(readFileSync(new URL('fixtures/lab.json', import.meta.url), 'utf8')) as readonly Evidence[];

interface Change {
  readonly pod: string;
  readonly node?: string;
  readonly namespace?: string;
  /** What the registry of the original is called here. */
  readonly registry?: string;
  /** The same registry's images run on other nodes. */
  readonly worksElsewhere?: boolean;
}

/** A pod of the lab under other names: what its kubelet said stays as real as it was. */
function like(original: string, change: Change): Evidence {
  const found = lab.find(({ pod }) => pod.name === original);
  assert.ok(found, original);
  const { pod, node = 'node1', namespace = 'shop', registry, worksElsewhere } = change;
  const host = found.spec.outcome === 'done' ? (found.spec.facts.images[0]?.reference?.registry ?? '') : '';
  let text = JSON.stringify(found).replaceAll('"node1"', JSON.stringify(node));
  if (registry) text = text.replaceAll(host, registry).replaceAll(host.replace(/:\d+$/, ''), registry);
  const evidence = JSON.parse(text) as Evidence;
  const facts = evidence.node.outcome === 'done' ? evidence.node.facts : null;
  const value =
    facts && 'value' in facts.neighbours
      ? facts.neighbours.value.map((of) => ({
          ...of,
          sameRegistryElsewhere: { works: worksElsewhere ? 3 : 0, fails: 0 },
          sameImageWorks: [],
        }))
      : [];
  return {
    ...evidence,
    pod: { ...evidence.pod, name: pod, namespace, uid: `${namespace}/${pod}`, node, owner: null },
    node: facts ? { outcome: 'done', milliseconds: 0, facts: { ...facts, neighbours: { value } } } : evidence.node,
  };
}

function group(...evidence: readonly Evidence[]) {
  return groupFailures(evidence.map((item) => ({ evidence: item, verdicts: judge(item) })));
}

const subjects = (groups: ReturnType<typeof group>) =>
  groups.map(({ code, subject, members }) => `${members.length} ${code} ${subject.kind} ${subject.name}`);
const many = (count: number, make: (i: number) => Evidence) => Array.from({ length: count }, (_, i) => make(i));

test('forty pods of one missing tag are one line', () => {
  const groups = group(...many(40, (i) => like('tag-missing', { pod: `web-${i}`, node: `node${i % 7}` })));
  assert.deepEqual(subjects(groups), ['40 manifest-not-found image open.lab.test:5000/team/app:v2.1.3']);
});

test('one registry that several nodes do not reach is the registry', () => {
  const groups = group(...many(5, (i) => like('blackhole', { pod: `web-${i}`, node: `node${i}` })));
  assert.deepEqual(subjects(groups), ['5 connect-timeout registry blackhole.lab.test:5099']);
});

test('one registry that one node does not reach is said of that node alone', () => {
  const groups = group(...many(5, (i) => like('blackhole', { pod: `web-${i}`, node: 'node7' })));
  assert.deepEqual(subjects(groups), ['5 connect-timeout registry-from-node blackhole.lab.test:5099']);
  assert.deepEqual([groups[0]?.subject.node, groups[0]?.subject.worksElsewhere], ['node7', null]);
});

test('a registry that works elsewhere has no misspelt name, though one pod cannot know', () => {
  const lost = like('nxdomain', { pod: 'web-0', node: 'node7', registry: 'r.example.com' });
  const [alone] = group(lost);
  assert.match(JSON.stringify(alone?.fixes), /misspelt/);
  const beside = group(lost, like('tag-missing', { pod: 'web-1', node: 'node1', registry: 'r.example.com' }));
  const found = beside.find(({ code }) => code === 'dns-failure');
  assert.equal(found?.subject.worksElsewhere, true);
  assert.doesNotMatch(JSON.stringify(found?.fixes), /misspelt/);
  assert.match(found?.explanation ?? '', /Other nodes reach this registry\.$/);
});

test('that it works elsewhere is said where images of it run elsewhere, or another node got an answer', () => {
  const here = like('blackhole', { pod: 'web-0', node: 'node7', registry: 'r.example.com' });
  const running = like('blackhole', { pod: 'web-0', node: 'node7', registry: 'r.example.com', worksElsewhere: true });
  const answered = like('tag-missing', { pod: 'web-1', node: 'node2', registry: 'r.example.com' });
  const works = (groups: ReturnType<typeof group>) => groups.find(({ code }) => code === 'connect-timeout')?.subject.worksElsewhere;
  assert.equal(works(group(here)), null);
  assert.equal(works(group(running)), true);
  assert.equal(works(group(here, answered)), true);
});

test('several registries that one node alone does not reach, while others do, are the node, and never certain', () => {
  const groups = group(
    ...many(2, (i) => like('blackhole', { pod: `web-${i}`, node: 'node7', registry: `r${i}.example.com`, worksElsewhere: true })),
  );
  assert.deepEqual(subjects(groups), ['2 connect-timeout node node7']);
  assert.equal(groups[0]?.confidence, 'likely');
});

test('five registries that do not answer one node are one node, even where nothing shows that they work for others', () => {
  const five = many(5, (i) => like('blackhole', { pod: `web-${i}`, node: 'node7', registry: `r${i}.example.com` }));
  assert.deepEqual(subjects(group(...five)), ['5 connect-timeout node node7']);
  assert.equal(group(...five.slice(0, 2)).length, 2, 'two may be chance');
  const answered = like('tag-missing', { pod: 'web-9', node: 'node7', registry: 'fine.example.com' });
  assert.equal(group(...five, answered).length, 6, 'a registry that answers the node acquits it');
});

test('a registry that answered this node about something else is at fault itself', () => {
  const groups = group(
    like('blackhole', { pod: 'web-0', node: 'node7', registry: 'r.example.com' }),
    like('tag-missing', { pod: 'web-1', node: 'node7', registry: 'r.example.com' }),
  );
  assert.ok(subjects(groups).includes('1 connect-timeout registry r.example.com'), subjects(groups).join());
  const other = like('tag-missing', { pod: 'web-2', node: 'node2', registry: 'r.example.com' });
  const withOther = group(
    like('blackhole', { pod: 'web-0', node: 'node7', registry: 'r.example.com' }),
    like('tag-missing', { pod: 'web-1', node: 'node7', registry: 'r.example.com' }),
    other,
  );
  assert.ok(subjects(withOther).includes('1 connect-timeout registry-from-node r.example.com'), subjects(withOther).join());
});

test('a Secret that lacks in several namespaces is one group that names them', () => {
  const [only, ...more] = group(...many(4, (i) => like('secret-missing', { pod: `web-${i}`, namespace: `team-${i % 2}` })));
  assert.deepEqual([only?.subject.name, only?.subject.namespaces, more.length], ['ghost', ['team-0', 'team-1'], 0]);
});

test('a disk is the disk of its node', () => {
  const groups = group(...many(3, (i) => like('faulty-huge', { pod: `web-${i}`, node: `node${i % 2}` })));
  assert.deepEqual(subjects(groups), ['2 disk-full node node0', '1 disk-full node node1']);
});

test('a pod whose kubelet says nothing joins the pods of the same image of which it is known, and is not certain', () => {
  const known = ownDenial(like('tag-missing', { pod: 'web-0' }));
  const silent = mute(like('tag-missing', { pod: 'web-1' }));
  const groups = group(known, silent);
  assert.deepEqual(subjects(groups), ['2 manifest-not-found image open.lab.test:5000/team/app:v2.1.3']);
  assert.deepEqual([groups[0]?.confidence, groups[0]?.example.pod], ['likely', 'web-0']);
  assert.deepEqual(
    groups[0]?.members.map(({ code }) => code),
    ['manifest-not-found', 'unknown'],
  );
  assert.equal(group(mute(known), silent)[0]?.code, 'unknown');
});

test('pods of one registry that sent different credentials, or none, are not mended by the same words', () => {
  const groups = group(
    like('no-secret', { pod: 'web-0' }),
    like('no-secret', { pod: 'web-1', node: 'node2' }),
    naming('regcred', like('no-secret', { pod: 'web-2' })),
    naming('regcerd', like('no-secret', { pod: 'web-3' })),
  );
  assert.deepEqual(
    groups.map(({ code, members }) => `${code} ${members.map(({ pod }) => pod)}`),
    ['auth-required web-0,web-1', 'auth-required web-2', 'auth-required web-3'],
  );
});

/** As it is read by one who may list pods and nothing else. */
function naming(secret: string, evidence: Evidence): Evidence {
  if (evidence.secrets.outcome !== 'done') throw new Error('no secrets');
  const [example] = lab.flatMap(({ secrets }) => (secrets.outcome === 'done' ? secrets.facts.secrets : []));
  assert.ok(example);
  const unread = { ...example, name: secret, state: 'unreadable' as const, type: null, fault: null, entries: [] };
  return { ...evidence, secrets: { ...evidence.secrets, facts: { ...evidence.secrets.facts, secrets: [unread] } } };
}

test('a group is only as sure as the pod that least is known of', () => {
  const judged = ['web-0', 'web-1'].map((pod) => {
    const evidence = like('tag-missing', { pod });
    return {
      evidence,
      verdicts: judge(evidence).map((v) => ({ ...v, confidence: pod === 'web-0' ? v.confidence : ('possible' as const) })),
    };
  });
  assert.equal(groupFailures(judged)[0]?.confidence, 'possible');
});

test('a sentence about one pod alone is known as such; the names of pods and nodes make no difference', () => {
  const said = (...names: readonly string[]) =>
    group(...names.map((name, i) => like(name, { pod: `web-${i}`, node: `node${i}` })))[0]?.saidOfAll;
  assert.equal(said('untrusted-ca', 'untrusted-ca'), true);
  assert.equal(said('faulty-gateway', 'faulty-internal'), false);
});

/** As under a kubelet up to 1.31 whose events are gone. */
/** What its registry would have said of a digest that cannot exist, had it been asked. */
function ownDenial(evidence: Evidence): Evidence {
  if (evidence.registry.outcome !== 'done') return evidence;
  const images = evidence.registry.facts.images.map((of) => ({ ...of, deniesItself: true as const }));
  return { ...evidence, registry: { ...evidence.registry, facts: { images } } };
}

function mute(evidence: Evidence): Evidence {
  if (evidence.describe.outcome !== 'done') return evidence;
  const containers = evidence.describe.facts.containers.map((of) => ({
    ...of,
    waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${of.image}"` },
  }));
  const skipped = { outcome: 'skipped', milliseconds: 0, reason: '' } as const;
  return { ...evidence, describe: { ...evidence.describe, facts: { containers } }, events: skipped, registry: skipped, secrets: skipped };
}

test('since when is the oldest failure of any of them; nothing fails, nothing is grouped', () => {
  const groups = group(like('tag-missing', { pod: 'web-0' }));
  assert.match(groups[0]?.since ?? '', /^20\d\d-/);
  assert.deepEqual(group(), []);
});
