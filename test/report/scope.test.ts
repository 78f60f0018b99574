import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopeSentence } from '../../src/report/scope.ts';
import type { CauseCode, CauseFamily } from '../../src/values/cause-code.ts';
import type { Attempt, Exchange, Neighbours } from '../../src/values/evidence.ts';
import { ago, attempt, done, evidence, exchange, neighbours, nodeFacts, registryFacts, secret, verdict } from './evidence-builder.ts';

const nobody: Neighbours = {
  ...neighbours(),
  sameRegistryHere: { works: 0, fails: 0 },
  sameRegistryElsewhere: { works: 0, fails: 0 },
  otherRegistriesHere: { works: 3, fails: 0 },
};

interface Case {
  readonly code?: CauseCode;
  readonly family?: CauseFamily;
  readonly neighbours?: Partial<Neighbours>;
  readonly attempts?: readonly Attempt[];
  readonly since?: string | null;
}

function scope({ code = 'dns-failure', family = 'network', neighbours: over = {}, attempts = [], since = ago(300) }: Case): string | null {
  const made = evidence({
    node: done(nodeFacts({ neighbours: { value: [{ ...nobody, ...over }] } })),
    registry: done({ images: [registryFacts({ attempts })] }),
  });
  return scopeSentence(made, verdict({ code }), family, since);
}

const here = (works: number, fails: number) => ({ sameRegistryHere: { works, fails } });
const there = (works: number, fails: number) => ({ sameRegistryElsewhere: { works, fails } });

test('all of a registry fail on this node and none elsewhere: it is the node, for sure only when some were started since', () => {
  assert.equal(
    scope({ neighbours: { ...here(0, 11), ...there(40, 0), timesElsewhere: { newestWorking: ago(60), oldestFailing: null } } }),
    'All 12 images from registry.example.com fail on ip-10-0-3-7 for 5m, and on other nodes 40 images from it are in use and none fails, some started since: it is the node.',
  );
  assert.match(scope({ neighbours: { ...here(0, 11), ...there(40, 0) } }) ?? '', /none fails: it points at the node\.$/);
  assert.match(
    scope({ neighbours: there(1, 0) }) ?? '',
    /^The one image from .* fails for 5m, and on other nodes 1 image from it is in use/,
  );
});

test('where others fail elsewhere, perhaps for reasons of their own, the same image in use there still points at the node', () => {
  const used = { sameImageWorks: [{ pod: 'shop/a', node: 'n2' }] };
  assert.match(
    scope({ neighbours: { ...here(0, 1), ...there(4, 6), ...used } }) ?? '',
    /Both images .* fail on .* for 5m, and on other nodes 4 of 10 are in use, this one among them: it points at the node\.$/,
  );
  assert.equal(scope({ neighbours: { ...here(0, 1), ...there(4, 6) } }), null);
});

test('it fails everywhere: it is the registry', () => {
  assert.match(
    scope({ neighbours: { ...here(0, 1), ...there(0, 5) } }) ?? '',
    /^Both images .* so do 5 on other nodes.*: it is the registry/,
  );
});

test('a disk that is full on several nodes is not the registry', () => {
  const full = (neighbours: Partial<Neighbours>) => scope({ code: 'disk-full', family: 'node', neighbours });
  assert.equal(full({ ...here(0, 1), ...there(0, 5) }), null);
  assert.equal(full({ ...here(3, 0), timesHere: { newestWorking: ago(30), oldestFailing: null } }), null);
  assert.match(full({ ...here(0, 1), ...there(5, 0) }) ?? '', /it points at the node/);
});

test('other registries fail here too: it points at the node', () => {
  const others = { otherRegistriesHere: { works: 0, fails: 4 } };
  assert.match(
    scope({ neighbours: others }) ?? '',
    /^4 images from other registries fail on ip-10-0-3-7 too, and none works: it points at the node/,
  );
});

test('where the registry answered the node, what fails with other registries does not point at the node', () => {
  const neighbours = { otherRegistriesHere: { works: 0, fails: 2 } };
  assert.equal(scope({ code: 'registry-unavailable', family: 'registry', neighbours }), null);
  assert.equal(scope({ code: 'rate-limited', family: 'rate', neighbours }), null);
});

test('images in use here prove nothing unless one was started since', () => {
  const times = (newestWorking: string) => ({ timesHere: { newestWorking, oldestFailing: null } });
  assert.equal(scope({ neighbours: { ...here(3, 0), ...times(ago(400)) } }), null);
  assert.match(
    scope({ neighbours: { ...here(3, 0), ...times(ago(30)) } }) ?? '',
    /^Meanwhile a pod .* was started on .*: it is not the whole node\.$/,
  );
});

test('a list that was cut, or of one namespace only, says so', () => {
  const partial = { ...there(9, 0), cut: true, namespace: 'shop' };
  assert.match(scope({ neighbours: partial }) ?? '', /none fails \(of namespace shop\), of the pods that could be listed: /);
});

test('a credential that is refused says nothing about the way', () => {
  assert.equal(scope({ code: 'auth-rejected', family: 'credentials', neighbours: { ...here(0, 11), ...there(40, 0) } }), null);
});

const answers = (...exchanges: readonly Exchange[]) => [attempt({ result: 'unauthorized', exchanges })];
const fails = (layer: 'dns' | 'tls' | 'connect', code: string) => [
  attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault: { layer, code, message: 'm' } })] }),
];

test('two vantage points: only the node', () => {
  const attempts = answers(exchange({ status: 401 }));
  assert.equal(scope({ attempts }), "This workstation reaches registry.example.com and node ip-10-0-3-7 does not: look at the node's DNS.");
  assert.match(scope({ attempts, code: 'connect-timeout' }) ?? '', /look for a firewall, security group, route, proxy or NAT of the node/);
  assert.match(scope({ attempts, code: 'tls-unknown-authority', family: 'tls' }) ?? '', /the node does not trust the authority/);
  const recovered = scope({ attempts, code: 'registry-unavailable', family: 'registry' });
  assert.match(recovered ?? '', /a proper answer from registry\.example\.com now/);
});

test('two vantage points: both alike, or this workstation fails otherwise', () => {
  assert.match(scope({ attempts: fails('dns', 'not-found') }) ?? '', /^The name does not resolve on this workstation either/);
  const used = scope({ attempts: fails('dns', 'not-found'), neighbours: there(4, 0) });
  assert.match(used ?? '', /on this workstation either: it is known only in another network\.$/, 'on other nodes the name resolves');
  const expired = scope({ attempts: fails('tls', 'expired'), code: 'tls-expired', family: 'tls' });
  assert.match(expired ?? '', /^This workstation fails in the same way: it is registry\.example\.com/);
  assert.equal(scope({ attempts: fails('connect', 'timeout') }), null, 'another fault says nothing about the node');
  const down = scope({ attempts: [attempt({ result: 'unavailable' })], code: 'registry-unavailable', family: 'registry' });
  assert.match(down ?? '', /the same answer from registry\.example\.com: it is the registry\.$/);
});

test('two vantage points: of another host than the registry, only what was met there counts', () => {
  const seen = (blob: { fault: null | { layer: 'connect'; code: string; message: string }; status: number | null }) => {
    const facts = registryFacts({
      attempts: answers(exchange({ status: 200 })),
      blob: { host: 'bucket.example.net', digest: 'sha256:0', ...blob },
    });
    const made = evidence({ node: done(nodeFacts({ neighbours: { value: [] } })), registry: done({ images: [facts] }) });
    return scopeSentence(made, verdict({ code: 'connect-refused', otherHost: 'bucket.example.net' }), 'network', null) ?? '';
  };
  const refused = { layer: 'connect', code: 'refused', message: 'm' } as const;
  assert.match(seen({ fault: refused, status: null }), /^This workstation fails in the same way: it is bucket\.example\.net/);
  assert.match(seen({ fault: null, status: 206 }), /^This workstation reaches bucket\.example\.net and node .* does not: /);
  const mirror = evidence({ registry: done({ images: [registryFacts({ attempts: answers(exchange({ status: 200 })), blob: null })] }) });
  assert.equal(scopeSentence(mirror, verdict({ code: 'connect-refused', otherHost: 'mirror.example.net' }), 'network', null), null);
});

test('what changed shortly before', () => {
  const changed = evidence({
    node: done(nodeFacts({ createdAt: ago(400), neighbours: { value: [] } })),
    secrets: done({ secrets: [secret({ changedAt: ago(360) }), secret({ name: 'old', changedAt: ago(9000) })], images: [] }),
    registry: done({ images: [] }),
  });
  const told = (code: CauseCode, family: CauseFamily) => scopeSentence(changed, verdict({ code }), family, ago(300));
  assert.equal(told('dns-failure', 'network'), 'Node ip-10-0-3-7 joined the cluster 100s before the first failure.');
  assert.equal(told('auth-rejected', 'credentials'), 'Secret regcred was written 60s before the first failure.');
  assert.equal(told('tls-expired', 'tls'), null);
  const rollout = { newest: true, previous: null, revision: 4, since: ago(330) };
  const rolled = { ...changed, pod: { ...changed.pod, rollout } };
  const after = (code: CauseCode, family: CauseFamily) => scopeSentence(rolled, verdict({ code }), family, ago(300));
  assert.equal(after('platform-mismatch', 'content'), 'Revision 4 was rolled out 30s before the first failure.');
  assert.doesNotMatch(after('dns-failure', 'network') ?? '', /Revision/);
});
