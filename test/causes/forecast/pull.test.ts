import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast } from '../../../src/causes/forecast/forecast.ts';
import { forecastPull } from '../../../src/causes/forecast/pull.ts';
import type { ImageView } from '../../../src/causes/view.ts';
import type { Attempt, AttemptResult, Exchange, ImageRegistryFacts, SecretFacts } from '../../../src/values/evidence.ts';
import { container, imageSpec, registryFacts, view } from '../view-builder.ts';

const user = { secret: 'regcred', key: 'registry.example.com', user: 'ci' };
const nodes = [{ name: 'n1', platform: { os: 'linux', architecture: 'amd64' } }];

function attempt(
  result: AttemptResult,
  credential: Attempt['credential'] = null,
  authenticated: boolean | null = null,
  token?: number,
): Attempt {
  const exchange = { purpose: 'token', status: token, errors: [], challenge: null } as unknown as Exchange;
  return { credential, result, authenticated, exchanges: token === undefined ? [] : [exchange] };
}

function asked(attempts: readonly Attempt[], over: Partial<ImageRegistryFacts> = {}, more: Partial<ImageView> = {}): ImageView {
  const tries = attempts.flatMap(({ credential }) => credential ?? []);
  return view({
    spec: imageSpec(),
    registry: registryFacts(attempts, over),
    credentials: { container: 'app', kind: 'container', tries, nearest: null },
    secrets: tries.length === 0 ? [] : [usable],
    ...more,
  });
}

const entries = [{ key: user.key, user: 'ci', empty: false, expiresAt: null, remarks: [] }];
const usable: SecretFacts = {
  name: 'regcred',
  state: 'usable',
  obstacle: null,
  type: null,
  fault: null,
  createdAt: null,
  changedAt: null,
  entries,
};
const unreadable: SecretFacts = { ...usable, state: 'unreadable', entries: [] };
const manifest = {
  mediaType: 'application/vnd.oci.image.index.v1+json',
  digest: null,
  platforms: [{ os: 'linux', architecture: 'arm64' }],
  configMediaType: 'application/vnd.oci.image.config.v1+json',
  size: null,
};
const fitting = { ...manifest, platforms: [{ os: 'linux', architecture: 'amd64' }] };
const digest = `sha256:${'a'.repeat(64)}`;
const blob = { host: 'registry.example.com', status: 206, fault: null, digest };
const good = { manifest: fitting, blob };
const other = { ...user, user: 'other' };
const refusedBlob: Exchange = {
  purpose: 'blob',
  method: 'GET',
  url: `https://registry.example.com/v2/payment/blobs/${digest}`,
  status: 404,
  fault: null,
  challenge: null,
  errors: [{ code: 'BLOB_UNKNOWN', message: '' }],
  body: null,
  contentType: null,
  milliseconds: 1,
};

const undecodableSecret: SecretFacts = { ...usable, state: 'faulty', fault: { code: 'bad-json', detail: '' }, entries: [] };
const page: Exchange = { ...refusedBlob, purpose: 'manifest', status: 200, errors: [], contentType: 'text/html' };
const nothingSaid = ['unknown', undefined, undefined] as const;

const cases: readonly (readonly [what: string, view: ImageView, expected: readonly (string | undefined)[]])[] = [
  ['anyone may read it', asked([attempt('found')], good), ['ok', undefined, undefined]],
  [
    'the second credential may',
    asked([attempt('unauthorized', user, false), attempt('found', user), attempt('unauthorized')], good),
    ['ok', undefined, undefined],
  ],
  [
    'the tag is missing',
    asked([attempt('manifest-unknown')], { tags: { count: 3, complete: true, nearest: [], newest: null }, deniesItself: true }),
    ['problem', 'manifest-not-found', 'certain'],
  ],
  ['the tag is missing, or the repository', asked([attempt('manifest-unknown')]), ['problem', 'manifest-not-found', 'likely']],
  [
    'a tag that the list names and that is not there',
    asked([attempt('manifest-unknown')], { tags: { count: 3, complete: true, nearest: [], newest: null, listed: true } }),
    ['problem', 'manifest-not-found', 'likely'],
  ],
  ['a wrong password', asked([attempt('token-refused', user, false), attempt('found')]), ['problem', 'auth-rejected', 'certain']],
  ['no secret, Basic', asked([attempt('unauthorized')]), ['problem', 'auth-required', 'likely']],
  ['no secret, an empty token', asked([attempt('unauthorized', null, null, 200)]), ['problem', 'not-found-or-denied', 'likely']],
  [
    'a Secret for another registry',
    asked([attempt('unauthorized')], {}, { secrets: [usable] }),
    ['problem', 'pull-secret-wrong-registry', 'likely'],
  ],
  [
    'a Secret that may not be read here may serve there',
    asked([attempt('unauthorized')], {}, { secrets: [unreadable] }),
    ['unknown', undefined, undefined],
  ],
  ['a limit of this workstation', asked([attempt('rate-limited')]), ['unknown', undefined, undefined]],
  ['no answer', asked([attempt('unreachable')]), ['unknown', undefined, undefined]],
  ['for other nodes', asked([attempt('found')], { manifest }), ['problem', 'platform-mismatch', 'certain']],
  ['for other nodes, and perhaps more', asked([attempt('found')], { manifest: { ...manifest, morePlatforms: true } }), nothingSaid],
  ['the manifest was not read', asked([attempt('found')], { manifest: { ...fitting, unread: 'manifest' }, blob }), nothingSaid],
  ['no manifest at all', asked([attempt('found')], { blob }), nothingSaid],
  ["the index's image was not read", asked([attempt('found')], { manifest: { ...fitting, unread: 'image' } }), nothingSaid],
  [
    'a kind of manifest that is not known',
    asked([attempt('found')], { manifest: { ...fitting, mediaType: 'application/json' }, blob }),
    nothingSaid,
  ],
  ['no blob was asked for', asked([attempt('found')], { manifest: fitting }), nothingSaid],
  [
    'the storage does not answer here',
    asked([attempt('found')], {
      manifest: fitting,
      blob: { ...blob, status: null, fault: { layer: 'connect', code: 'timeout', message: '' } },
    }),
    nothingSaid,
  ],
  ['the storage refuses this workstation', asked([attempt('found')], { manifest: fitting, blob: { ...blob, status: 403 } }), nothingSaid],
  [
    'the registry has no such blob',
    asked([{ ...attempt('found'), exchanges: [refusedBlob] }], { manifest: fitting, blob: { ...blob, status: 404 } }),
    ['problem', 'registry-blob-missing', 'certain'],
  ],
  [
    'a page says 404 of a blob',
    asked([{ ...attempt('found'), exchanges: [{ ...refusedBlob, errors: [] }] }], { manifest: fitting, blob: { ...blob, status: 404 } }),
    ['problem', 'registry-blob-missing', 'likely'],
  ],
  [
    'the image of the index that was looked at lacks a blob',
    asked([{ ...attempt('found'), exchanges: [refusedBlob] }], { manifest: { ...fitting, sample: true }, blob: { ...blob, status: 404 } }),
    ['problem', 'registry-blob-missing', 'likely'],
  ],
  ['the time was over', asked([attempt('not-asked')]), nothingSaid],
  ['one credential refused, one not heard out', asked([attempt('unauthorized', user, false), attempt('not-asked', other)]), nothingSaid],
  ['one credential refused, one not sent', asked([attempt('token-refused', user, false), attempt('refused-to-send', other)]), nothingSaid],
  [
    'one credential refused, and a Secret that may not be read',
    asked([attempt('unauthorized', user, false)], {}, { secrets: [usable, unreadable] }),
    nothingSaid,
  ],
  [
    'the image of the sandbox, whatever the Secrets of the pod are',
    asked([attempt('found')], good, { container: container({ kind: 'sandbox' }), secrets: [undecodableSecret] }),
    ['ok', undefined, undefined],
  ],
  [
    'a page for nobody, the image for the credential',
    asked([attempt('found', user), { ...attempt('bad-response'), exchanges: [page] }], good),
    ['ok', undefined, undefined],
  ],
];

for (const [what, made, expected] of cases) {
  test(`foreseen: ${what}`, () => {
    const { result, finding } = forecastPull(made, { nodes, cut: false });
    assert.deepEqual([result, finding?.code, finding?.confidence], expected);
  });
}

test('of nodes that were not all listed, none of which fits, nothing is certain', () => {
  const { finding } = forecastPull(asked([attempt('found')], { manifest }), { nodes, cut: true });
  assert.deepEqual([finding?.code, finding?.confidence], ['platform-mismatch', 'likely']);
});

test('what is not known is not certain', () => {
  const asEvidence = (found: AttemptResult) => {
    const { registry, evidence } = asked([attempt(found)]);
    const step = <F>(facts: F) => ({ outcome: 'done', milliseconds: 1, facts }) as const;
    return {
      ...evidence,
      describe: step({ containers: [container()] }),
      spec: step({
        images: [imageSpec()],
        pullSecrets: [],
        serviceAccount: { value: { name: 'default', pullSecrets: [] } },
        nodeSelector: {},
      }),
      registry: step({ images: registry ? [registry] : [] }),
    };
  };
  const foreseen = forecast({ namespace: 'shop', usedBy: [], evidence: asEvidence('unreachable'), nodes: { value: [] } });
  assert.equal(foreseen.result, 'unknown');
  assert.notEqual(foreseen.verdict.confidence, 'certain');
});
