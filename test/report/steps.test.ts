import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAnswer } from '../../src/causes/probe/reading.ts';
import { stepsWith } from '../../src/report/steps/index.ts';
import type { Evidence, ProbeAnswer, SecretFacts } from '../../src/values/evidence.ts';
import type { ReportStep } from '../../src/values/report.ts';
import {
  ago,
  attempt,
  container,
  credential,
  done,
  event,
  evidence,
  exchange,
  failedPull,
  imageSpec,
  neighbours,
  nodeFacts,
  pod,
  registryFacts,
  secret,
  skipped,
  unknown,
  verdict,
} from './evidence-builder.ts';

const steps = stepsWith(readAnswer);

/** The row of one step, `status finding`. */
function row(name: ReportStep['name'], over: Partial<Evidence>, verdicts = [verdict()]): string {
  const { status, finding } = steps[name](evidence(over), verdicts);
  return `${status} ${finding}`;
}

test('a step without facts says what stood in the way', () => {
  assert.equal(row('node', { node: skipped('the pod has no node yet') }), 'skipped the pod has no node yet');
  const obstacles = [
    [{ kind: 'forbidden', message: 'no', permission: 'get nodes' }, 'you may not get nodes'],
    [{ kind: 'forbidden', message: 'exceeded quota' }, 'not permitted: exceeded quota'],
    [{ kind: 'timeout', message: 'nodes "a" after 5s' }, 'no answer in time: nodes "a" after 5s'],
    [{ kind: 'not-found', message: 'nodes "a" not found' }, 'not found: nodes "a" not found'],
    [{ kind: 'unreachable', message: 'gone' }, 'not reachable: gone'],
  ] as const;
  for (const [obstacle, text] of obstacles) assert.equal(row('node', { node: unknown(obstacle) }), `unknown ${text}`);
});

describe('describe', () => {
  const after = (seconds: number, attempts: number, reason = 'ImagePullBackOff'): string =>
    row('describe', {
      describe: done({ containers: [container({ waiting: { reason, message: null } })] }),
      events: done({
        events: [event({ message: 'Failed to pull image "x": EOF', count: attempts, last: ago(seconds) })],
        sandboxImage: null,
      }),
    });

  test("the next attempt follows from the kubelet's back-off", () => {
    assert.equal(after(0, 1), 'problem app: ImagePullBackOff, 1 attempt, the next in about 10s');
    assert.equal(after(30, 5), 'problem app: ImagePullBackOff, 5 attempts, the next in about 2m10s');
    assert.equal(after(10, 50), 'problem app: ImagePullBackOff, 50 attempts, the next in about 4m50s');
    assert.equal(after(85, 4), 'problem app: ImagePullBackOff, 4 attempts, the next is due');
  });

  test('where events are no longer repeated, there were more attempts than they count', () => {
    assert.equal(after(1200, 5), 'problem app: ImagePullBackOff, at least 5 attempts, the next within 5m');
  });

  test('looks at a pod are no attempts to pull', () => {
    assert.equal(after(20, 94, 'InvalidImageName'), 'problem app: InvalidImageName');
  });

  test("the status's words are quoted where no event has them", () => {
    const message = 'Back-off pulling image "a/b:1": ErrImagePull: dial tcp 10.0.0.1:443: i/o timeout';
    assert.equal(
      row('describe', {
        describe: done({ containers: [container({ waiting: { reason: 'ImagePullBackOff', message } })] }),
        events: done({ events: [], sandboxImage: null }),
      }),
      'problem app: ImagePullBackOff, "…dial tcp 10.0.0.1:443: i/o timeout"',
    );
  });

  test('a pod that the kubelet refused', () => {
    const over = {
      pod: pod({ phase: 'Failed', reason: 'Evicted', message: 'The node had condition: [DiskPressure].' }),
      describe: done({ containers: [] }),
    };
    assert.equal(
      row('describe', over),
      'problem the pod has failed: Evicted, "The node had condition: [DiskPressure]."; the pod is Failed',
    );
  });

  test('an image that came and cannot run', () => {
    const crashed = container({
      pull: 'pulled',
      waiting: { reason: 'CrashLoopBackOff', message: null },
      terminated: { reason: 'Error', message: null, exitCode: 1, ranMilliseconds: 3, at: ago(9) },
      log: 'exec /app: exec format error\n',
    });
    const said =
      'app: its image is there; it waits for another reason: CrashLoopBackOff; it ended with exit code 1 (Error); its log ends "exec /app: exec format error"';
    assert.equal(row('describe', { describe: done({ containers: [crashed] }) }), `problem ${said}`);
    assert.equal(row('describe', { describe: done({ containers: [crashed] }) }, [verdict({ code: 'none' })]), `ok ${said}`);
  });
});

describe('events', () => {
  const of = (...events: ReturnType<typeof event>[]): string => row('events', { events: done({ events, sandboxImage: null }) });
  const backOff = event({
    type: 'Normal',
    reason: 'BackOff',
    message: 'Back-off pulling image "registry.example.com/payment:v2.1.3"',
    count: 200,
  });

  test('nothing is left, or only the back-off', () => {
    const old = { ...evidence().pod, createdAt: ago(7200) };
    const ofOld = (...events: ReturnType<typeof event>[]) => row('events', { pod: old, events: done({ events, sandboxImage: null }) });
    assert.equal(ofOld(), 'unknown none left: events are kept for an hour');
    assert.equal(ofOld(backOff), 'problem only the back-off is left, for 5m; the failure itself is gone: events are kept for an hour');
    assert.equal(of(), 'unknown none left, though events are kept for an hour and the pod is younger');
  });

  test('events of another container and of an image before this one are no evidence', () => {
    const other = event({ message: 'Failed to pull image "b": EOF', container: 'proxy', image: 'b' });
    const before = event({
      message: 'Failed to pull image "registry.example.com/payment:v1": EOF',
      image: 'registry.example.com/payment:v1',
    });
    assert.equal(of(other, before), 'unknown none about this image, though events are kept for an hour and the pod is younger');
  });

  test('what stands before the images is told where none of them fails', () => {
    const mount = event({
      reason: 'FailedMount',
      message: 'secret "nope" not found',
      container: null,
      image: null,
      count: 7,
      last: ago(20),
    });
    const told = row('events', { events: done({ events: [mount], sandboxImage: null }) }, [verdict({ code: 'none' })]);
    assert.equal(told, 'ok no failed pull; kubelet, 7 times, the last 20s ago: "secret "nope" not found"');
  });

  test('once, and long ago', () => {
    const failed = event({ message: 'Failed to pull image "x": EOF', last: ago(45) });
    assert.equal(of(failed), 'problem kubelet, once, 45s ago: "…EOF"');
    assert.equal(
      of({ ...failed, count: 5, first: ago(1380), last: ago(1200) }),
      'problem kubelet, 5 times in 3m, the last 20m ago: "…EOF"',
    );
  });

  test('other errors before are counted, the same with other numbers are not', () => {
    const first = event({ message: 'Failed to pull image "x": dial tcp 10.0.0.1:443: i/o timeout', last: ago(200) });
    const second = event({ message: 'Failed to pull image "x": dial tcp 10.0.0.2:443: i/o timeout', last: ago(100) });
    const third = event({ message: 'Failed to pull image "x": 503 Service Unavailable' });
    assert.equal(of(first, second), 'problem kubelet, twice in 5m: "…dial tcp 10.0.0.2:443: i/o timeout"');
    assert.equal(
      of(first, second, third),
      'problem kubelet, 3 times in 5m: "…503 Service Unavailable"; before that 1 other error, see -o wide',
    );
  });

  test('a pull that succeeded after failures', () => {
    const failed = event({ message: 'Failed to pull image "x": EOF', count: 3, last: ago(60) });
    const pulled = event({ type: 'Normal', reason: 'Pulled', message: 'Successfully pulled image "x" in 2s', last: ago(30) });
    const there = { describe: done({ containers: [container({ pull: 'pulled', waiting: null, running: true })] }) };
    assert.equal(
      row('events', { ...there, events: done({ events: [failed, pulled], sandboxImage: null }) }),
      'ok kubelet, 30s ago after 3 failures: "Successfully pulled image "x" in 2s"',
    );
  });
});

describe('spec', () => {
  const facts = (over: object) =>
    row('spec', {
      spec: done({
        images: [imageSpec()],
        pullSecrets: [],
        serviceAccount: { value: { name: 'builder', pullSecrets: [] } },
        nodeSelector: {},
        ...over,
      }),
    });

  test('what was left out of the name is filled in', () => {
    const reference = { registry: 'docker.io', repository: 'library/nginx', tag: 'latest', digest: null };
    assert.equal(
      facts({ images: [imageSpec({ image: 'nginx', reference, defaults: ['docker.io', 'library/', ':latest'] })] }),
      'ok the name means docker.io/library/nginx:latest; pull policy IfNotPresent; no pull secret',
    );
  });

  test('a name that is none, with what would be right', () => {
    const invalid = { message: 'repository name must be lowercase', suggestion: 'r.example/app:1' };
    assert.equal(
      facts({ images: [imageSpec({ reference: null, invalid })] }),
      'problem the name is not well formed: "repository name must be lowercase"; write r.example/app:1; no pull secret',
    );
  });

  test('a secret that came to the service account after the pod', () => {
    assert.match(
      facts({ serviceAccount: { value: { name: 'builder', pullSecrets: ['late'] } } }),
      /; no pull secret: service account builder has late, which a pod gets only when it is created$/,
    );
  });

  test('a node selector matters where it chooses a platform', () => {
    assert.match(facts({ nodeSelector: { 'kubernetes.io/arch': 'arm64', disk: 'ssd' } }), /; node selector kubernetes\.io\/arch=arm64$/);
  });
});

describe('secrets', () => {
  const entry = secret().entries[0];
  const of = (
    secrets: SecretFacts[],
    tries = [credential] as readonly (typeof credential)[],
    nearest: { secret: string; key: string; shouldBe: string } | null = null,
  ) => row('secrets', { secrets: done({ secrets, images: [{ container: 'app', kind: 'container', tries, nearest }] }) });

  test('keys for other registries, and the one that comes nearest, where the registry wants a login', () => {
    const nearest = { secret: 'regcred', key: 'https://old.example.com', shouldBe: 'registry.example.com' };
    const mine = secret({ entries: [{ ...entry!, key: nearest.key }] });
    const secrets = done({
      secrets: [mine],
      images: [{ container: 'app', kind: 'container' as const, tries: [], nearest }],
    });
    const refused = 'regcred has a key for https://old.example.com, none for registry.example.com';
    assert.equal(
      row('secrets', { secrets }, [verdict({ code: 'auth-required' })]),
      `problem ${refused}; "https://old.example.com" should be "registry.example.com"`,
    );
    const anonymous = done({ images: [registryFacts({ attempts: [attempt({ credential: null, result: 'unauthorized' })] })] });
    assert.match(row('secrets', { secrets, registry: anonymous }, [verdict()]), /^problem .* should be/);
    const served = done({ images: [registryFacts({ attempts: [attempt({ credential: null, result: 'found' })] })] });
    assert.equal(row('secrets', { secrets, registry: served }, [verdict({ code: 'none' })]), `ok ${refused}`);
    const far = done({
      secrets: [mine],
      images: [{ container: 'app', kind: 'container' as const, tries: [], nearest: { ...nearest, key: 'ghcr.io' } }],
    });
    assert.doesNotMatch(
      row('secrets', { secrets: far }, [verdict({ code: 'auth-required' })]),
      /should be/,
      'that of another site is not to be renamed',
    );
  });

  test('no key lacks for a name that is not valid', () => {
    const images = [{ container: 'app', kind: 'container' as const, tries: [], nearest: null }];
    const named = { secrets: done({ secrets: [secret()], images }) };
    assert.equal(
      row('secrets', named, [verdict({ code: 'invalid-image-name', reference: null })]),
      'ok regcred has a key for registry.example.com',
    );
  });

  test('a broken secret is a remark where another serves, and a problem where none does', () => {
    const faulty = secret({ name: 'old', state: 'faulty', fault: { code: 'no-entries', detail: 'it names no registry' }, entries: [] });
    assert.equal(
      of([faulty, secret()]),
      'ok old cannot be used: it names no registry; regcred has a key for registry.example.com (user ci-puller)',
    );
    assert.equal(
      of([faulty], []),
      'problem old cannot be used: it names no registry; so the node pulls without, or with credentials of its own',
    );
  });

  test('a secret that does not decode spoils them all', () => {
    const faulty = secret({ name: 'old', state: 'faulty', fault: { code: 'bad-json', detail: 'its data is not JSON' }, entries: [] });
    assert.equal(
      of([faulty, secret()]),
      'problem old cannot be used: its data is not JSON; while it is so, the kubelet pulls nothing for the pod; regcred has a key for registry.example.com (user ci-puller)',
    );
    assert.equal(
      of([faulty], []),
      'problem old cannot be used: its data is not JSON; while it is so, the kubelet pulls nothing for the pod',
    );
  });

  test('what a credential says of itself', () => {
    assert.equal(
      of([secret({ entries: [{ ...entry!, expiresAt: ago(3 * 3600 + 600) }] })]),
      'problem regcred has a key for registry.example.com (user ci-puller, expired 3h10m ago)',
    );
    assert.equal(
      of([secret({ entries: [{ ...entry!, expiresAt: ago(60) }] })]),
      'ok regcred has a key for registry.example.com (user ci-puller, expired 60s ago, if the clocks agree)',
    );
    assert.equal(
      of([secret({ entries: [{ ...entry!, remarks: ['password-ends-in-newline'] }] })]),
      'problem regcred has a key for registry.example.com (user ci-puller, password ends in newline)',
    );
  });
});

describe('registry', () => {
  const of = (over: Parameters<typeof registryFacts>[0], code?: 'dns-failure' | 'rate-limited') =>
    row('registry', { registry: done({ images: [registryFacts(over)] }) }, [verdict(code === undefined ? {} : { code })]);

  test('that it cannot be reached from here is no problem of the node', () => {
    const fault = { layer: 'dns', code: 'not-found', message: 'getaddrinfo ENOTFOUND registry.example.com' } as const;
    assert.equal(
      of({ attempts: [attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault })] })] }),
      'unknown from this workstation: registry.example.com does not resolve (dns: "getaddrinfo ENOTFOUND registry.example.com"); that says nothing about the node',
    );
  });

  test('where what is seen from here bears on the node, the row does not deny it', () => {
    const fault = { layer: 'connect', code: 'refused', message: 'm' } as const;
    const images = [registryFacts({ attempts: [attempt({ result: 'unreachable', exchanges: [exchange({ status: null, fault })] })] })];
    const seen = { sees: 'same-fault', host: 'registry.example.com', node: 'n1', isNameInUse: false } as const;
    const told = (pointsAt: 'registry-or-shared-way' | null) =>
      row('registry', { registry: done({ images }) }, [verdict({ surroundings: { workstation: { ...seen, pointsAt } } })]);
    assert.doesNotMatch(told('registry-or-shared-way'), /says nothing about the node/);
    assert.match(told(null), /; that says nothing about the node$/);
  });

  test('the host that was not reached is named, not the registry that sent there', () => {
    const fault = { layer: 'connect', code: 'refused', message: 'connect ECONNREFUSED 10.0.0.9:5099' } as const;
    const token = exchange({ purpose: 'token', url: 'https://auth.example.net:5099/token', status: null, fault });
    const ping = exchange({ purpose: 'ping', url: 'https://registry.example.com/v2/', status: 401 });
    const said = 'its token server auth.example.net:5099 cannot be reached (connect: "connect ECONNREFUSED 10.0.0.9:5099")';
    const ended = (over: Parameters<typeof attempt>[0]) => of({ attempts: [attempt({ result: 'unreachable', ...over })] });
    assert.equal(
      ended({ exchanges: [ping, token] }),
      `unknown from this workstation: registry.example.com answers, but ${said}; that says nothing about the node`,
    );
    assert.equal(
      ended({ exchanges: [token] }),
      `unknown from this workstation: of registry.example.com, ${said}; that says nothing about the node`,
    );
  });

  test('what was said to nobody is the answer to a credential that was not asked for', () => {
    const fault = { layer: 'dns', code: 'not-found', message: 'getaddrinfo ENOTFOUND registry.example.com' } as const;
    const nobody = attempt({ credential: null, result: 'unreachable', exchanges: [exchange({ status: null, fault })] });
    const attempts = [nobody, attempt({ result: 'unreachable', authenticated: null, exchanges: [] })];
    const words = 'registry.example.com does not resolve (dns: "getaddrinfo ENOTFOUND registry.example.com")';
    assert.equal(of({ attempts }), `unknown from this workstation: ${words}; that says nothing about the node`);
    const other = attempt({ credential: null, result: 'unavailable', exchanges: [exchange({ status: 503 })] });
    const untold = attempt({ result: 'unreachable', exchanges: [] });
    assert.equal(
      of({ attempts: [other, untold] }),
      'unknown from this workstation: registry.example.com cannot be reached; that says nothing about the node',
    );
  });

  test('that it can be read from here does not speak for the node', () => {
    assert.equal(
      of({ attempts: [attempt({ result: 'found' })] }, 'dns-failure'),
      'ok from this workstation: ci-puller can read the image; that says nothing about the node',
    );
  });

  test('a credential that is refused where none is needed', () => {
    const refused = attempt({
      result: 'token-refused',
      exchanges: [exchange({ status: 401, errors: [{ code: 'UNAUTHORIZED', message: 'bad password' }] })],
    });
    assert.equal(
      of({ attempts: [refused, attempt({ credential: null, result: 'found' })] }),
      'problem from this workstation: the token server refuses ci-puller (401 UNAUTHORIZED "bad password"); without credentials the image can be read',
    );
  });

  test("a limit on this workstation's own address is no problem of the node's", () => {
    const limited = {
      attempts: [attempt({ credential: null, result: 'rate-limited', exchanges: [exchange({ status: 429 })] })],
      rateLimit: { limit: 100, remaining: 0, windowSeconds: 21600, source: '192.0.2.1', retryAfterSeconds: null },
    };
    const said = 'from this workstation: too many requests of a client without credentials (429); 0 of 100 pulls left for 192.0.2.1';
    assert.equal(of(limited, 'dns-failure'), `unknown ${said}`);
    assert.equal(of(limited, 'rate-limited'), `problem ${said}`);
  });

  test('tags that were not all read', () => {
    assert.match(of({ tags: { count: 1000, complete: false, nearest: [], newest: null } }), /v2\.1\.3 is not among the first 1000 tags$/);
  });
});

describe('probe', () => {
  const target = 'registry.example.com/payment:imagepull-probe-x7';
  const of = (message: string | null, prober: 'runtime' | 'kubelet' = 'runtime') =>
    row('probe', {
      probe: done({
        refusal: null,
        images: [{ container: 'app', kind: 'container', answers: [{ prober, withSecrets: true, target, message, at: null }] }],
      }),
    });

  test("only that the probe's own tag is missing shows that the registry answered", () => {
    assert.match(
      of(`Failed to pull image "${target}": failed to resolve image: ${target}: not found`),
      /^ok the runtime on ip-10-0-3-7, with the pod's secrets, reaches/,
    );
    assert.match(of(`reading manifest imagepull-probe-x7 in registry.example.com/payment: manifest unknown`), /^ok /);
    assert.match(of(`could not fetch content descriptor (text/html) from remote: not found`), /^problem /);
    assert.match(of('dial tcp: lookup registry.example.com: no such host'), /^problem .*no such host"$/);
  });

  test('any status shows the kubelet that the registry answers', () => {
    assert.match(of('Readiness probe failed: HTTP probe failed with statuscode: 401', 'kubelet'), /^ok the kubelet on ip-10-0-3-7 reaches/);
  });

  test('the row is of one mind with the verdict about what is an answer', () => {
    const failed = (status: number) => `Readiness probe failed: HTTP probe failed with statuscode: ${status}`;
    const said = {
      'Readiness probe succeeded': 'ok',
      [failed(401)]: 'ok',
      [failed(404)]: 'ok',
      [failed(429)]: 'problem',
      [failed(503)]: 'problem',
    };
    for (const [message, status] of Object.entries(said)) {
      assert.equal(of(message, 'kubelet').split(' ')[0], status, message);
      const answer: ProbeAnswer = { prober: 'kubelet', withSecrets: false, target, message, at: null };
      assert.equal(readAnswer(answer).reached, status === 'ok', message);
    }
  });

  test('silence proves nothing', () => {
    assert.equal(of(null), 'unknown the runtime on ip-10-0-3-7 gave no answer in time');
  });

  const answers = (...given: readonly Partial<ProbeAnswer>[]) => {
    const base: ProbeAnswer = { prober: 'runtime', withSecrets: true, target, message: null, at: null };
    const images = [{ container: 'app', kind: 'container' as const, answers: given.map((one) => ({ ...base, ...one })) }];
    return row('probe', { probe: done({ refusal: null, images }) });
  };
  test('a quota that each pod asked other amounts of is told once', () => {
    const refused = (cpu: string) => ({ kind: 'refused', message: `exceeded quota: q, requested: limits.cpu=${cpu}` }) as const;
    const told = answers({ refusal: refused('200m') }, { refusal: refused('500m'), prober: 'tool' });
    assert.match(told, /^unknown no probe pod could be made: refused: exceeded quota: q, requested: limits\.cpu=200m; --probe-namespace/);
    assert.equal(told.match(/exceeded quota/g)?.length, 1);
  });
  test('one refusal is told once, and where else the pods may be let in', () => {
    const refusal = { kind: 'refused', message: 'exceeded quota: q' } as const;
    assert.equal(
      answers({ refusal }, { refusal, prober: 'kubelet' }),
      'unknown no probe pod could be made: refused: exceeded quota: q; --probe-namespace names another namespace for it',
    );
    const pressed = { kind: 'refused', message: 'Evicted: The node had condition: [DiskPressure].' } as const;
    assert.match(answers({ refusal: pressed }), /\[DiskPressure\]\.$/);
    assert.match(answers({ message: 'x509: unknown' }, { refusal, prober: 'kubelet' }), /x509: unknown"$/);
  });
  test('each layer that a tool in a pod tried', () => {
    const layers = [
      { layer: 'dns', result: 'ok', detail: '10.0.0.9' },
      { layer: 'tcp', result: 'failed', detail: 'nc: timed out' },
    ] as const;
    assert.equal(
      answers({ prober: 'tool', message: 'x', hostNetwork: false, layers }),
      'problem a pod on ip-10-0-3-7, in the network of pods, tried dns ok: "10.0.0.9", tcp failed: "nc: timed out"',
    );
    assert.match(
      answers({ prober: 'tool', message: 'x', hostNetwork: true, layers: [layers[0]] }),
      /^ok a pod in the network of ip-10-0-3-7 tried dns ok/,
    );
  });
  test('no secrets are spoken of where the pod has none', () => {
    const secrets = done({ secrets: [], images: [] });
    const answer: ProbeAnswer = { prober: 'runtime', withSecrets: true, target, message: 'x: not found', at: null };
    const images = [{ container: 'app', kind: 'container' as const, answers: [answer] }];
    assert.match(
      row('probe', { secrets, probe: done({ refusal: null, images }) }),
      /the runtime on ip-10-0-3-7, without secrets \(the pod has none\)/,
    );
  });
  test('mirrors that fail alike are told together, in the words of the first', () => {
    const at = (host: string, words: string) =>
      ({ prober: 'kubelet', role: 'mirror', target: `https://${host}/v2/`, message: `Readiness probe failed: ${words}` }) as const;
    const dropped = 'Get "https://x/": context deadline exceeded';
    assert.equal(
      answers(at('a.example', dropped), at('b.example:5000', dropped), at('c.example', 'HTTP probe failed with statuscode: 404')),
      'problem the kubelet on ip-10-0-3-7 fails at the mirrors a.example and b.example:5000: "Readiness probe failed: Get "https://x/": context deadline exceeded"; the kubelet on ip-10-0-3-7 reaches the mirror c.example: "Readiness probe failed: HTTP probe failed with statuscode: 404"',
    );
  });
  test('what a small tool says of a TLS that it does not manage is left to the ledger', () => {
    const detail = 'the program of this image cannot: wget: TLS error from peer (alert code 40): handshake failure';
    const layers = [{ layer: 'http', result: 'unknown', detail }] as const;
    assert.match(
      answers({ prober: 'tool', hostNetwork: true, layers, message: 'http' }),
      /tried http not tested \(the program of this image does not manage its TLS\)$/,
    );
  });
  test('a tool whose image was not pulled', () => {
    const unpulled = {
      kind: 'failed',
      message: 'failed to pull and unpack image "docker.io/library/busybox:latest": x509: unknown',
    } as const;
    assert.match(
      answers({ message: 'x509: unknown' }, { prober: 'tool', hostNetwork: true, layers: [], refusal: unpulled }),
      /; a pod in the network of ip-10-0-3-7 told nothing, for its image was not pulled: "…x509: unknown"$/,
    );
  });
  test('a tool that was announced and told nothing', () => {
    assert.match(
      answers({ message: 'x509: unknown' }, { prober: 'tool', hostNetwork: true, layers: [] }),
      /; a pod in the network of ip-10-0-3-7 had told nothing when the runtime had answered, and was not waited for longer$/,
    );
    assert.match(
      answers({ message: null }, { prober: 'tool', hostNetwork: true, layers: [] }),
      /; a pod in the network of ip-10-0-3-7 told nothing: its image was not pulled in time, or has no shell$/,
    );
  });
  test('the pull that was tried', () => {
    const message = 'Successfully pulled image "x" in 1s (1s including waiting). Image size: 5 bytes.';
    assert.equal(
      answers({ prober: 'canary', message, milliseconds: 1234 }),
      "ok the runtime on ip-10-0-3-7 pulled the image just now in 1.2 s, with the pod's secrets",
    );
    assert.equal(
      answers({ prober: 'canary', message: 'Container image "x" already present on machine' }),
      'ok the runtime on ip-10-0-3-7 has the image: "Container image "x" already present on machine"',
    );
    assert.match(
      answers({ prober: 'canary', message: 'Failed to pull image "x": not found' }),
      /^problem .* could not pull the image just now either: "…not found"$/,
    );
  });
  test('a registry that wants a login of who has none has answered', () => {
    assert.match(answers({ withSecrets: false, message: 'authorization failed: no basic auth credentials' }), /^ok .* which wants a login/);
  });
});

describe('node', () => {
  const of = (over: Parameters<typeof nodeFacts>[0]) => row('node', { node: done(nodeFacts(over)) });

  test('a node that is not ready, and one without room', () => {
    const notReady = [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: null, since: ago(240) }];
    assert.match(of({ conditions: notReady }), /^problem not Ready \(not heard of\) for 4m; 31 GiB free for images;/);
    const full = { value: { availableBytes: 100 * 2 ** 20, capacityBytes: 80 * 2 ** 30, inodesFree: null, inodes: null } };
    assert.match(of({ imageFs: full }), /^problem 100 MiB of 80 GiB free for images;/);
  });

  test('the neighbours: this image elsewhere, this registry here and elsewhere', () => {
    const value = [
      {
        ...neighbours(),
        sameImageWorks: [{ pod: 'a/b', node: 'n2' }],
        sameImageFails: [
          { pod: 'a/c', node: 'n3' },
          { pod: 'a/d', node: 'ip-10-0-3-7' },
        ],
        sameRegistryHere: { works: 0, fails: 2 },
        sameRegistryElsewhere: { works: 6, fails: 1 },
      },
    ];
    assert.match(
      of({ neighbours: { value } }),
      /; the same image runs on n2; it fails on n3 too; other images of this registry: all 2 here fail, 1 of 7 fails on other nodes; of other registries: 9 work here$/,
    );
  });

  test('where only one namespace may be listed, the right that is lacking is named', () => {
    const unlisted = { kind: 'forbidden', message: 'User "jane" cannot list', permission: 'list pods in all namespaces' } as const;
    const value = [{ ...neighbours(), namespace: 'shop', unlisted }];
    assert.match(of({ neighbours: { value } }), /; pods of other namespaces are not known: you may not list pods in all namespaces$/);
    assert.doesNotMatch(of({ neighbours: { value: [{ ...neighbours(), namespace: 'shop' }] } }), /namespaces/);
  });

  test('a node that may not be read keeps its neighbours, and is not called well', () => {
    const unread = { kind: 'forbidden', message: 'no', permission: 'get nodes' } as const;
    const empty = { platform: { os: '', architecture: '' }, kubelet: '', runtime: '', conditions: [] };
    assert.match(
      of({ unread, ...empty }),
      /^unknown the node itself is not known: you may not get nodes; .*other images of this registry: 14 work here/,
    );
  });
  test("the disk against the image's size, and what the kubelet keeps free", () => {
    const gib = 2 ** 30;
    const imageFs = { value: { availableBytes: 2 * gib, capacityBytes: 20 * gib, inodesFree: null, inodes: null } };
    const manifest = { mediaType: 'm', digest: null, platforms: [], configMediaType: null };
    const config = { imageGCHighThresholdPercent: null, serializeImagePulls: null, maxParallelImagePulls: null, registryPullQPS: null };
    const evictionHard = { 'imagefs.available': '15%' };
    const kubeletConfig = { value: { ...config, evictionHard, registryBurst: null, credentialVerification: null } };
    const with_ = (size: number) =>
      row('node', {
        node: done(nodeFacts({ imageFs, kubeletConfig })),
        registry: done({ images: [registryFacts({ manifest: { ...manifest, size } })] }),
      });
    assert.match(
      with_(3 * gib),
      /2 GiB of 20 GiB free for images, and the kubelet keeps 15% of it free: too little for an image of 3 GiB compressed/,
    );
    assert.match(with_(gib), /: an image of 1 GiB compressed may not fit when it is unpacked/);
    assert.doesNotMatch(with_(gib / 10), /compressed/);
  });
  test("the node's own logs", () => {
    const value = { sources: ['/logs/?query=containerd'], lines: ['first', 'level=error msg="PullImage failed"'] };
    assert.match(of({ logs: { value } }), /its logs have 2 lines about it, the last "level=error/);
    const failed = { kind: 'failed', message: 'error: the kubelet serves no log' } as const;
    assert.match(of({ logs: { obstacle: failed } }), /its logs are not known: the kubelet serves no log$/);
    assert.match(of({ logs: { value: { ...value, lines: [] } } }), /its logs \(\/logs\/\?query=containerd\) say nothing of this image/);
  });
});

describe('several images', () => {
  test('what holds for both is said once, what does not under its name', () => {
    const second = { container: 'proxy', image: 'registry.example.com/proxy:9' };
    const both = [verdict(), verdict(second)];
    const events = failedPull('registry.example.com/payment:v2.1.3', 'EOF');
    assert.equal(
      row(
        'describe',
        {
          describe: done({ containers: [container(), container({ ...second, waiting: { reason: 'ErrImagePull', message: null } })] }),
          events: done({ events, sandboxImage: null }),
        },
        both,
      ),
      'problem app: ImagePullBackOff, 4 attempts, the next in about 60s; proxy: ErrImagePull',
    );
    assert.equal(
      row(
        'spec',
        {
          spec: done({
            images: [imageSpec(), imageSpec(second)],
            pullSecrets: ['a', 'b'],
            serviceAccount: { value: { name: 'default', pullSecrets: [] } },
            nodeSelector: {},
          }),
        },
        both,
      ),
      'ok the name is well formed; pull policy IfNotPresent; pull secrets a and b',
    );
  });
});

test('what is said of a few, and of one', () => {
  const one = done({ images: [registryFacts({ tags: { count: 1, complete: true, nearest: [], newest: '1' } })] });
  assert.match(row('registry', { registry: one }), /its only tag is 1, not v2\.1\.3/);
  const local = verdict({ code: 'connect-refused', reference: { registry: 'localhost', repository: 'pause', tag: '2', digest: null } });
  assert.equal(
    row('registry', { registry: skipped('no image fails to be pulled') }, [local]),
    'skipped an image of localhost is in no registry',
  );
  const login = [exchange({ purpose: 'login', method: 'GET', status: 200 }), exchange({ purpose: 'ping', method: 'GET', status: 200 })];
  const exchanges = [exchange({ status: 401 }), ...login];
  const tried = done({ images: [registryFacts({ attempts: [attempt({ result: 'unauthorized', authenticated: null, exchanges })] })] });
  assert.match(row('registry', { registry: tried }), /is refused \(401\)/, 'not the status of a login that was tried by itself');
  const terminated = { reason: 'StartError', message: 'exec: no such file', exitCode: 128, ranMilliseconds: 0, at: null };
  const unstarted = container({ pull: 'pulled', waiting: { reason: 'CrashLoopBackOff', message: null }, terminated });
  assert.equal(
    row('describe', { describe: done({ containers: [unstarted] }) }, [verdict({ code: 'none' })]),
    'ok app: its image is there; it waits for another reason: CrashLoopBackOff; it could not be started (StartError)',
  );
  const own = verdict({ code: 'connect-refused', reference: { registry: 'localhost:5000', repository: 'app', tag: '2', digest: null } });
  assert.equal(
    row('registry', { registry: skipped('no image fails to be pulled') }, [own]),
    'skipped localhost:5000 is another one on each machine: not asked from here',
  );
  const unscheduled = pod({ node: null, unscheduled: '0/3 nodes are available: 3 Insufficient cpu.' });
  assert.equal(row('describe', { pod: unscheduled }), 'problem no node was chosen yet', 'the verdict quotes the scheduler');
});
