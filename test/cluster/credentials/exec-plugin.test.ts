import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { ConnectOptions } from '../../../src/cluster/connect.ts';
import { describeError } from '../../../src/cluster/errors.ts';
import { fixture, fixtureData, type Loopback, loopback } from '../loopback.ts';
import { kubeconfig, workspace } from '../workspace.ts';

const v1 = 'client.authentication.k8s.io/v1';
const beta = 'client.authentication.k8s.io/v1beta1';
const credential = (status: unknown, apiVersion = v1) => JSON.stringify({ kind: 'ExecCredential', apiVersion, status });

interface Plugin {
  readonly exec?: Record<string, unknown>;
  readonly cluster?: Record<string, unknown>;
  readonly script?: string;
  readonly options?: Partial<ConnectOptions>;
}

/** A cluster whose user has a plugin: a shell script that notes each run and its environment. */
async function withPlugin(t: TestContext, server: Loopback | null, { exec = {}, cluster = {}, script = '', options = {} }: Plugin) {
  const space = workspace(t);
  const header = '#!/bin/sh\ncd "$(dirname "$0")"\necho run >> runs\necho "$KUBERNETES_EXEC_INFO" > info\n';
  space.write('plugin.sh', `${header}${script}\n`, 0o755);
  const user = { exec: { apiVersion: v1, interactiveMode: 'Never', command: './plugin.sh', ...exec } };
  const config = space.write('config', kubeconfig({ server: server?.url ?? 'https://127.0.0.1:1', ...cluster }, user));
  return {
    ...space,
    open: () => space.connect({ kubeconfig: config }, options),
    runs: () => readFileSync(space.path('runs'), 'utf8').split('\n').length - 1,
    info: () => JSON.parse(readFileSync(space.path('info'), 'utf8')) as Record<string, unknown>,
  };
}

const print = (text: string) => `cat <<'END'\n${text}\nEND`;

test('a relative command is found beside the kubeconfig, and runs once for parallel requests', async (t) => {
  await using server = await loopback();
  const { open, runs } = await withPlugin(t, server, { script: `sleep 0.1; ${print(credential({ token: 'abc' }))}` });
  const cluster = await open();
  await Promise.all([1, 2, 3, 4].map(() => cluster.get('/version')));
  assert.equal(runs(), 1);
  assert.deepEqual(new Set(server.requests.map(({ headers }) => headers.authorization)), new Set(['Bearer abc']));
});

test('KUBERNETES_EXEC_INFO says version and interactivity, and the cluster only where that is wanted', async (t) => {
  await using server = await loopback();
  const first = await withPlugin(t, server, { script: print(credential({ token: 'abc' })) });
  await (await first.open()).get('/version');
  assert.deepEqual(first.info(), { kind: 'ExecCredential', apiVersion: v1, spec: { interactive: false } });

  const second = await withPlugin(t, server, {
    script: print(credential({ token: 'abc' }, beta)),
    exec: { provideClusterInfo: true, apiVersion: beta, interactiveMode: undefined },
    cluster: { 'tls-server-name': 'localhost', extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }] },
    options: { isTTY: true },
  });
  await (await second.open()).get('/version');
  assert.deepEqual(second.info(), {
    kind: 'ExecCredential',
    apiVersion: beta,
    spec: {
      interactive: true,
      cluster: {
        server: server.url,
        'tls-server-name': 'localhost',
        'certificate-authority-data': fixtureData('ca.pem'),
        config: { audience: 'x' },
      },
    },
  });
});

test('standard error of the plugin is passed on while it runs; its environment is the configured one', async (t) => {
  await using server = await loopback();
  let heard = '';
  const { open } = await withPlugin(t, server, {
    exec: { env: [{ name: 'TENANT', value: 'blue' }], args: ['--device'] },
    script: `echo "open the page for $TENANT $1" >&2; ${print(credential({ token: 'abc' }))}`,
    options: { stderr: (text) => (heard += text) },
  });
  await (await open()).get('/version');
  assert.equal(heard, 'open the page for blue --device\n');
});

test('a certificate of the plugin is shown in the handshake', async (t) => {
  await using server = await loopback();
  const status = { clientCertificateData: fixture('client.pem').toString(), clientKeyData: fixture('client.key').toString() };
  const { open } = await withPlugin(t, server, { script: print(credential(status)) });
  await (await open()).get('/version');
  assert.deepEqual([server.requests[0]?.client, server.requests[0]?.headers.authorization], ['alice', undefined]);
});

test('a credential is kept until it expires', async (t) => {
  await using server = await loopback();
  for (const [expirationTimestamp, runs] of [
    ['2999-01-01T00:00:00Z', 1],
    ['2000-01-01T00:00:00Z', 3],
  ] as const) {
    const plugin = await withPlugin(t, server, { script: print(credential({ token: 'abc', expirationTimestamp })) });
    const cluster = await plugin.open();
    await cluster.get('/version');
    await cluster.get('/version');
    assert.equal(plugin.runs(), runs, expirationTimestamp);
  }
});

test('a credential that the server refuses is asked for again, once', async (t) => {
  await using server = await loopback(({ headers }) => ({ status: headers.authorization === 'Bearer 2' ? 200 : 401 }));
  const plugin = await withPlugin(t, server, {
    script: `printf '${credential({ token: '%s' })}' "$(wc -l < runs | tr -d ' ')"`,
  });
  const cluster = await plugin.open();
  await Promise.all([cluster.get('/a'), cluster.get('/b')]);
  assert.equal(plugin.runs(), 2);

  const refused = await withPlugin(t, server, { script: print(credential({ token: 'bad' })) });
  await assert.rejects(
    (await refused.open()).get('/version'),
    (error) =>
      describeError(error) === 'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
  );
  assert.equal(refused.runs(), 2);
});

test('a token or a client certificate keeps the plugin from being run', async (t) => {
  await using server = await loopback();
  const plugin = await withPlugin(t, server, { script: 'exit 1' });
  const cluster = await plugin.connect({ kubeconfig: plugin.path('config'), token: 'flag' });
  await cluster.get('/version');
  assert.equal(server.requests[0]?.headers.authorization, 'Bearer flag');
  assert.throws(plugin.runs);
});

const getting = 'Unable to connect to the server: getting credentials: ';
const failures: readonly (readonly [what: string, plugin: Plugin, line: string])[] = [
  ['exit code', { script: 'exit 3' }, `${getting}exec: executable PLUGIN failed with exit code 3`],
  ['no JSON', { script: 'echo hi' }, `${getting}decoding stdout: couldn't get version/kind; json parse error`],
  [
    'another version',
    { script: print(credential({ token: 'x' }, beta)) },
    `${getting}exec plugin is configured to use API version ${v1}, plugin returned version ${beta}`,
  ],
  ['no status', { script: print(credential(undefined)) }, `${getting}exec plugin didn't return a status field`],
  ['nothing in it', { script: print(credential({})) }, `${getting}exec plugin didn't return a token or cert/key pair`],
  [
    'a key alone',
    { script: print(credential({ clientKeyData: 'x' })) },
    `${getting}exec plugin returned only certificate or key, not both`,
  ],
  [
    'no terminal',
    { exec: { interactiveMode: 'Always' } },
    `${getting}exec plugin cannot support interactive mode: standard input is not a terminal`,
  ],
  ['missing file', { exec: { command: './nosuch' } }, `${getting}exec: fork/exec DIRECTORY/nosuch: no such file or directory`],
  ['unknown version', { exec: { apiVersion: `${v1}alpha1` } }, `error: exec plugin: invalid apiVersion "${v1}alpha1"`],
  ['no mode', { exec: { interactiveMode: '' } }, 'error: interactiveMode must be specified for user to use exec authentication plugin'],
  ['no command', { exec: { command: '' } }, 'error: command must be specified for user to use exec authentication plugin'],
];

for (const [what, plugin, line] of failures) {
  test(`a plugin that fails: ${what}`, async (t) => {
    const { open, directory, path } = await withPlugin(t, null, plugin);
    const expected = line.replace('PLUGIN', path('plugin.sh')).replace('DIRECTORY', directory);
    await assert.rejects(
      open().then((cluster) => cluster.get('/version')),
      (error) => {
        assert.equal(describeError(error), expected);
        return true;
      },
    );
  });
}

test('a plugin that is not installed: the hint follows, without control characters', async (t) => {
  const { open } = await withPlugin(t, null, {
    exec: { command: 'no-such-plugin', installHint: 'get it\n\u001b[31mthere\u001b[0m\u0007' },
  });
  await assert.rejects((await open()).get('/version'), (error) => {
    const text = describeError(error);
    assert.ok(text.startsWith(`${getting}exec: executable no-such-plugin not found\n\nIt looks like`), text);
    assert.ok(text.endsWith('\n\nget it\nthere'), text);
    return true;
  });
});

test('somebody who logs in slowly is waited for, until the caller gives up', async (t) => {
  await using server = await loopback();
  const slow = await withPlugin(t, server, {
    script: `sleep 2; ${print(credential({ token: 'abc' }))}`,
    options: { deadlineMilliseconds: 1500 },
  });
  await (await slow.open()).get('/version');
  assert.equal(server.requests.length, 1);

  const never = await withPlugin(t, server, { script: 'sleep 20', options: { signal: AbortSignal.timeout(200) } });
  const startedAt = Date.now();
  await assert.rejects((await never.open()).get('/version'), (error) => {
    assert.equal(describeError(error), 'Unable to connect to the server: context deadline exceeded');
    return true;
  });
  assert.ok(Date.now() - startedAt < 3000);
});

test('a plugin that fails is not run again by the next request', async (t) => {
  const plugin = await withPlugin(t, null, { script: 'exit 1' });
  const cluster = await plugin.open();
  await assert.rejects(cluster.get('/a'), /exit code 1/);
  await assert.rejects(cluster.get('/b'), /exit code 1/);
  assert.equal(plugin.runs(), 1);
});

test('a plugin that takes long is named once, unless it waits for an answer', async (t) => {
  const waits = async (script: string) => {
    const named: string[] = [];
    const { open, path } = await withPlugin(t, null, {
      script: `${script}\nexec sleep 6`,
      options: { loginWaits: (plugin) => void named.push(plugin) },
    });
    await assert.rejects((await open()).get('/version'));
    return named.map((plugin) => plugin === path('plugin.sh'));
  };
  const scripts = ['', 'echo "open the page" >&2', 'printf "Password: " >&2'];
  assert.deepEqual(await Promise.all(scripts.map(waits)), [[true], [true], []]);
});
