import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surroundings } from '../../src/causes/surroundings/surroundings.ts';
import { viewsOf } from '../../src/causes/views.ts';
import { scopeSentence } from '../../src/report/scope.ts';
import type { CauseCode } from '../../src/values/cause-code.ts';
import type { Attempt, Evidence, Exchange, NeighbourFailure, Neighbours } from '../../src/values/evidence.ts';
import { ago, attempt, done, evidence, exchange, neighbours, nodeFacts, registryFacts, secret, verdict } from './evidence-builder.ts';

const nobody: Neighbours = {
  ...neighbours(),
  sameRegistryHere: { works: 0, fails: 0 },
  sameRegistryElsewhere: { works: 0, fails: 0 },
  otherRegistriesHere: { works: 3, fails: 0 },
};

interface Case {
  readonly code?: CauseCode;
  readonly neighbours?: Partial<Neighbours>;
  readonly attempts?: readonly Attempt[];
}

function scope({ code = 'dns-failure', neighbours: over = {}, attempts = [] }: Case): string | null {
  const made = evidence({
    node: done(nodeFacts({ neighbours: { value: [{ ...nobody, ...over }] } })),
    registry: done({ images: [registryFacts({ attempts })] }),
  });
  return told(made, code);
}

/** What stands beside this cause. */
function told(made: Evidence, code: CauseCode, otherHost?: string): string | null {
  const [first] = viewsOf(made);
  const view = first ?? assert.fail();
  const request = { host: otherHost ?? '', url: '', mirrored: false };
  const elsewhere = otherHost && view.reading ? { ...view.reading, error: { ...view.reading.error, request } } : null;
  const around = surroundings(elsewhere ? { ...view, reading: elsewhere as typeof view.reading } : view, {
    code,
    confidence: 'likely',
    alternatives: [],
  });
  return scopeSentence(made, verdict({ code, ...(around && { surroundings: around }) }));
}

const fail = (where: NeighbourFailure['where'], message: string, count = 1, image = 'other.example.com/a:1'): readonly NeighbourFailure[] =>
  Array.from({ length: count }, () => ({
    where,
    image,
    node: where === 'elsewhere' ? 'n2' : 'ip-10-0-3-7',
    waiting: { reason: 'ErrImagePull', message },
  }));
const noSuchHost =
  'failed to pull and unpack image: failed to do request: Head "https://other.example.com/v2/": dial tcp: lookup other.example.com on 10.0.0.2:53: no such host';
const noSuchTag =
  'rpc error: code = NotFound desc = failed to pull and unpack image "other.example.com/a:1": failed to resolve reference "other.example.com/a:1": other.example.com/a:1: not found';

const here = (works: number, fails: number) => ({ sameRegistryHere: { works, fails } });
const there = (works: number, fails: number) => ({ sameRegistryElsewhere: { works, fails } });

test('all of a registry fail on this node and none elsewhere: it is the node, for sure only when some were started since', () => {
  assert.equal(
    scope({
      neighbours: {
        ...here(0, 11),
        ...there(40, 0),
        timesElsewhere: { newestWorking: ago(60), oldestFailing: null, newestPulled: ago(60) },
      },
    }),
    'All 12 images from registry.example.com fail on ip-10-0-3-7 for 5m, and on other nodes 40 images from it are in use and none fails, some pulled since: it is the node.',
  );
  const started = { timesElsewhere: { newestWorking: ago(60), oldestFailing: null, newestPulled: null } };
  assert.match(
    scope({ neighbours: { ...here(0, 11), ...there(40, 0), ...started } }) ?? '',
    /none fails: it points at the node\.$/,
    'it may have been on the node',
  );
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
  const all = { ...here(0, 1), ...there(0, 5) };
  assert.match(
    scope({ neighbours: all }) ?? '',
    /^Both images .* so do 5 on other nodes.*: it points at the registry, or what all nodes share/,
  );
  const said = { ...all, failures: [...fail('here', noSuchHost), ...fail('elsewhere', noSuchHost, 5)] };
  assert.match(scope({ neighbours: said }) ?? '', /: it is the registry, or what all nodes share on the way to it\.$/);
});

test('a disk that is full on several nodes is not the registry', () => {
  const full = (neighbours: Partial<Neighbours>) => scope({ code: 'disk-full', neighbours });
  assert.equal(full({ ...here(0, 1), ...there(0, 5) }), null);
  assert.equal(full({ ...here(3, 0), timesHere: { newestWorking: ago(30), oldestFailing: null, newestPulled: ago(30) } }), null);
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
  assert.equal(scope({ code: 'registry-unavailable', neighbours }), null);
  assert.equal(scope({ code: 'rate-limited', neighbours }), null);
});

test('images in use here prove nothing unless one was started since', () => {
  const times = (newestPulled: string) => ({ timesHere: { newestWorking: ago(20), oldestFailing: null, newestPulled } });
  assert.equal(scope({ neighbours: { ...here(3, 0), ...times(ago(400)) } }), null);
  assert.match(
    scope({ neighbours: { ...here(3, 0), ...times(ago(30)) } }) ?? '',
    /^Meanwhile a pod .* was started on ip-10-0-3-7, which had to pull it\.$/,
  );
});

test('a list that was cut, or of one namespace only, says so', () => {
  const partial = { ...there(9, 0), cut: true, namespace: 'shop' };
  assert.match(scope({ neighbours: partial }) ?? '', /none fails \(of namespace shop\), of the pods that could be listed: /);
});

test('a credential that is refused says nothing about the way', () => {
  assert.equal(scope({ code: 'auth-rejected', neighbours: { ...here(0, 11), ...there(40, 0) } }), null);
});

const answers = (...exchanges: readonly Exchange[]) => [attempt({ result: 'unauthorized', exchanges })];
const fails = (layer: 'dns' | 'tls' | 'connect', code: string) => [
  attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault: { layer, code, message: 'm' } })] }),
];

test('two vantage points: only the node', () => {
  const attempts = answers(exchange({ status: 401 }));
  assert.equal(
    scope({ attempts }),
    'This workstation reaches registry.example.com and node ip-10-0-3-7 does not: look at the DNS of the node.',
  );
  assert.match(scope({ attempts, code: 'connect-timeout' }) ?? '', /look for a firewall, security group, route, proxy or NAT of the node/);
  assert.match(scope({ attempts, code: 'tls-unknown-authority' }) ?? '', /the node does not trust the authority/);
  const recovered = scope({ attempts, code: 'registry-unavailable' });
  assert.match(recovered ?? '', /a proper answer from registry\.example\.com now/);
});

test('two vantage points: both alike, or this workstation fails otherwise', () => {
  assert.match(scope({ attempts: fails('dns', 'not-found') }) ?? '', /^The name does not resolve on this workstation either/);
  const used = scope({ attempts: fails('dns', 'not-found'), neighbours: there(4, 0) });
  assert.match(used ?? '', /on this workstation either: it is known only in another network\.$/, 'on other nodes the name resolves');
  const expired = scope({ attempts: fails('tls', 'expired'), code: 'tls-expired' });
  assert.match(expired ?? '', /^This workstation fails in the same way: it is registry\.example\.com/);
  const untrusted = scope({ attempts: fails('tls', 'unknown-authority'), code: 'tls-unknown-authority' });
  assert.equal(untrusted, 'This workstation does not trust the authority either.', 'a private one points at nobody');
  assert.equal(scope({ attempts: fails('connect', 'timeout') }), null, 'another fault says nothing about the node');
  const down = scope({ attempts: [attempt({ result: 'unavailable' })], code: 'registry-unavailable' });
  assert.match(down ?? '', /the same answer from registry\.example\.com: it is the registry\.$/);
});

test('two vantage points: of another host than the registry, only what was met there counts', () => {
  const seen = (blob: { fault: null | { layer: 'connect'; code: string; message: string }; status: number | null }) => {
    const facts = registryFacts({
      attempts: answers(exchange({ status: 200 })),
      blob: { host: 'bucket.example.net', digest: 'sha256:0', ...blob },
    });
    const made = evidence({ node: done(nodeFacts({ neighbours: { value: [] } })), registry: done({ images: [facts] }) });
    return told(made, 'connect-refused', 'bucket.example.net') ?? '';
  };
  const refused = { layer: 'connect', code: 'refused', message: 'm' } as const;
  assert.match(seen({ fault: refused, status: null }), /^This workstation fails in the same way: it is bucket\.example\.net/);
  assert.match(seen({ fault: null, status: 206 }), /^This workstation reaches bucket\.example\.net and node .* does not: /);
  const mirror = evidence({
    node: done(nodeFacts({ neighbours: { value: [] } })),
    registry: done({ images: [registryFacts({ attempts: answers(exchange({ status: 200 })), blob: null })] }),
  });
  assert.equal(told(mirror, 'connect-refused', 'mirror.example.net'), null);
});

test('what changed shortly before', () => {
  const changed = evidence({
    node: done(nodeFacts({ createdAt: ago(400), neighbours: { value: [] } })),
    secrets: done({ secrets: [secret({ changedAt: ago(360) }), secret({ name: 'old', changedAt: ago(9000) })], images: [] }),
    registry: done({ images: [] }),
  });
  assert.equal(told(changed, 'dns-failure'), 'Node ip-10-0-3-7 joined the cluster 100s before the first failure.');
  assert.equal(told(changed, 'auth-rejected'), 'Secret regcred was written 60s before the first failure.');
  assert.equal(told(changed, 'tls-expired'), null);
  const rollout = { newest: true, previous: null, revision: 4, since: ago(330) };
  const rolled = { ...changed, pod: { ...changed.pod, rollout } };
  assert.equal(told(rolled, 'platform-mismatch'), 'Revision 4 was rolled out 30s before the first failure.');
  assert.doesNotMatch(told(rolled, 'dns-failure') ?? '', /Revision/);
});

test('pods that fail for their own missing tags say nothing of the node or the registry, but that these reach each other', () => {
  const others = { otherRegistriesHere: { works: 0, fails: 2 } };
  assert.match(
    scope({ neighbours: { ...others, failures: fail('others', noSuchHost, 2) } }) ?? '',
    /^2 images from other registries fail .*points at the node/,
  );
  assert.equal(scope({ neighbours: { ...others, failures: fail('others', noSuchTag, 2) } }), null);
  assert.equal(
    scope({
      neighbours: { ...here(0, 2), ...there(0, 4), failures: [...fail('here', noSuchTag, 2), ...fail('elsewhere', noSuchHost, 4)] },
    }),
    'registry.example.com has answered ip-10-0-3-7 about at least 2 other images, which fail for another reason.',
  );
  assert.equal(
    scope({ neighbours: { ...there(0, 3), failures: fail('elsewhere', noSuchTag, 3) } }),
    'The one image from registry.example.com on ip-10-0-3-7 fails for 5m, and on other nodes it has answered about at least 3 images, which fail for another reason: it points at the node.',
  );
});

test('the very image that fails elsewhere tells of the registry only where it says why', () => {
  const own = 'registry.example.com/payment:v2.1.3';
  const both = { ...there(0, 1), sameImageFails: [{ pod: 'shop/b', node: 'n2' }] };
  assert.equal(scope({ neighbours: both }), '1 other pod fails with this image, on n2.');
  assert.match(
    scope({ neighbours: { ...both, failures: fail('elsewhere', noSuchHost, 1, own) } }) ?? '',
    /so does 1 on other nodes, and none works anywhere: it is the registry/,
  );
});

test('two that point to different places point nowhere', () => {
  const attempts = fails('connect', 'timeout');
  const code = 'connect-timeout';
  assert.match(
    scope({ code, attempts, neighbours: there(4, 0) }) ?? '',
    /none fails\. This workstation fails in the same way: it is registry\.example\.com, or what both share/,
  );
  const pulled = { timesElsewhere: { newestWorking: null, oldestFailing: null, newestPulled: ago(10) } };
  assert.match(
    scope({ code, attempts, neighbours: { ...there(4, 0), ...pulled } }) ?? '',
    /some pulled since\. This workstation .*: it is what node ip-10-0-3-7 and it share on the way/,
  );
  assert.match(
    scope({ code, attempts: answers(exchange({ status: 401 })), neighbours: there(0, 4) }) ?? '',
    /none works anywhere\. This workstation reaches registry\.example\.com and these nodes do not: look for a firewall, .* of the nodes\.$/,
  );
});
