import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { ConnectionFlags } from '../../src/cluster/cluster.ts';
import { describeError } from '../../src/cluster/errors.ts';
import { fixtureData, fixturePath, loopback, status } from './loopback.ts';
import { kubeconfig, workspace } from './workspace.ts';

/** The same kubeconfig, flags and servers for this program and for the real kubectl: what is sent, and what is printed, must be the same. */

const skip = missingKubectl();

/** Why the comparison cannot be made here; false where it can. */
function missingKubectl(): string | false {
  try {
    const { clientVersion } = JSON.parse(
      execFileSync('kubectl', ['version', '--client', '-o', 'json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return Number.parseInt(clientVersion.minor, 10) >= 30 ? false : `kubectl is older than 1.30: ${clientVersion.gitVersion}`;
  } catch {
    return 'there is no kubectl';
  }
}

type Variables = Readonly<Record<string, string>>;

/** What kubectl says on stderr, without its log lines, or `answered`. */
function runKubectl(directory: string, flags: ConnectionFlags, env: Variables, path: string): Promise<string> {
  const spelled = Object.entries(flags).flatMap(([name, value]) =>
    [value].flat().map((one) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${one}`),
  );
  return new Promise((resolve) => {
    const child = execFile(
      'kubectl',
      ['get', '--raw', path, ...spelled],
      { cwd: directory, env: { PATH: process.env.PATH, HOME: directory, ...env }, timeout: 20_000 },
      (error, _stdout, stderr) => {
        const lines = stderr.split('\n').filter((line) => !/^[EWI]\d{4} /.test(line));
        resolve(error ? lines.join('\n').trim() : 'answered');
      },
    );
    child.stdin?.end();
  });
}

async function compare(
  t: TestContext,
  space: ReturnType<typeof workspace>,
  flags: ConnectionFlags,
  env: Variables = {},
  path = '/version',
) {
  const theirs = await runKubectl(space.directory, flags, env, path);
  const ours = await space
    .connect(flags, { env })
    .then((cluster) => cluster.getText(path))
    .then(
      () => 'answered',
      (error: unknown) => describeError(error).trim(),
    );
  t.diagnostic(ours);
  assert.equal(normal(ours), normal(theirs));
  return ours;
}

/** Without what differs from run to run (Go has several ways to say that the time is up), and without the name server that only Go names. */
function normal(text: string): string {
  return text
    .replace(/current time \S+/, 'current time NOW')
    .replace(/ on \S+:53: /, ': ')
    .replace(/read tcp \S+->\S+: /, '')
    .replace(/: (context deadline exceeded|net\/http: request canceled).*/, ': out of time');
}

const server = 'https://127.0.0.1:1';
const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'false' };

interface Refusal {
  readonly config?: string;
  readonly flags?: ConnectionFlags;
  readonly env?: Variables;
  readonly says: RegExp;
}

const configs: Readonly<Record<string, Refusal>> = {
  'nothing at all': { says: /^The connection to the server localhost:8080 was refused/ },
  'an explicit file that is missing': { flags: { kubeconfig: 'missing' }, says: /^error: stat missing: no such file or directory$/ },
  'a directory for a file': { env: { KUBECONFIG: '/' }, says: /^error: error loading config file "\/": read \/: is a directory$/ },
  'an unknown --context': { config: kubeconfig({ server }), flags: { context: 'x' }, says: /^error: context "x" does not exist$/ },
  'an unknown --cluster': { config: kubeconfig({ server }), flags: { cluster: 'x' }, says: /^error: cluster "x" does not exist$/ },
  'an unknown --user': { config: kubeconfig({ server }), flags: { user: 'x' }, says: /^error: auth info "x" does not exist$/ },
  'an unknown current context': {
    config: '{"current-context": "x"}',
    says: /^Error in configuration: context was not found for specified context: x$/,
  },
  'a context whose cluster is missing': {
    config: kubeconfig({ server }, { token: 't' }, { cluster: 'x' }),
    says: /^The connection to the server localhost:8080 was refused/,
  },
  'a token and a user name': {
    config: kubeconfig({ server }, { token: 't', username: 'u', password: 'p' }),
    says: /^error: more than one authentication method found for user; found \[token basicAuth\], only one is allowed$/,
  },
  'several faults': {
    config: kubeconfig(
      { server, 'certificate-authority-data': '', 'certificate-authority': '/no/ca' },
      { 'client-certificate': '/no/cert' },
    ),
    says: /^Error in configuration: \n\* .*\n\* .*\n\* .*$/,
  },
  'authority data and file': { config: kubeconfig({ server, 'certificate-authority': fixturePath('ca.pem') }), says: /are both specified/ },
  'an authority that is none': {
    config: kubeconfig({ server, 'certificate-authority-data': 'eA==' }, { token: 't' }),
    says: /^error: unable to load root certificates: unable to parse bytes as PEM block$/,
  },
  'an authority and no verification': {
    config: kubeconfig({ server, 'insecure-skip-tls-verify': true }, { token: 't' }),
    says: /^error: specifying a root certificates file with the insecure flag is not allowed$/,
  },
  'data that is not base64': {
    config: kubeconfig({ server, 'certificate-authority-data': '%%' }),
    says: /illegal base64 data at input byte 0$/,
  },
  'a token that is a number': { config: kubeconfig({ server }, { token: 1 }), says: /cannot unmarshal number/ },
  'groups without a user to be': {
    config: kubeconfig({ server }, { token: 't', 'as-groups': ['g'] }),
    says: /without impersonating a user$/,
  },
  'a time that is none': {
    config: kubeconfig({ server }, { token: 't' }),
    flags: { requestTimeout: 'soon' },
    says: /^error: Invalid timeout value\./,
  },
  'a server that is no address': { flags: { server: 'ht!tp://x' }, says: /^error: host must be a URL or a host:port pair: "ht!tp:\/\/x"$/ },
  'a path without a scheme': {
    flags: { server: 'localhost:1/x' },
    says: /^error: host must be a URL or a host:port pair: "localhost:1\/x"$/,
  },
  'a host and a port': { flags: { server: 'localhost:1' }, says: /^The connection to the server localhost:1 was refused/ },
  'a server that refuses': {
    config: kubeconfig({ server }, { token: 't' }),
    says: /^The connection to the server 127\.0\.0\.1:1 was refused/,
  },
  'a host that is not': {
    flags: { server: 'https://no.invalid', token: 't' },
    says: /^Unable to connect to the server: dial tcp: lookup no\.invalid/,
  },
  'a proxy of an unknown kind': {
    config: kubeconfig({ server, 'proxy-url': 'ftp://x' }, { token: 't' }),
    says: /must be http, https, or socks5$/,
  },
  'a proxy that refuses': {
    flags: { server: 'https://api.example.test', token: 't' },
    env: { HTTPS_PROXY: 'http://127.0.0.1:1' },
    says: /^The connection to the server api\.example\.test was refused/,
  },
  'a plugin that fails': {
    config: kubeconfig({ server }, { exec }),
    says: /getting credentials: exec: executable false failed with exit code 1$/,
  },
  'a plugin that is not there': {
    config: kubeconfig({ server }, { exec: { ...exec, command: 'no-such-plugin', installHint: 'install it' } }),
    says: /exec: executable no-such-plugin not found[\s\S]*install it$/,
  },
  'a plugin without a mode': {
    config: kubeconfig({ server }, { exec: { ...exec, interactiveMode: '' } }),
    says: /^error: interactiveMode must be/,
  },
  'a plugin of the future': {
    config: kubeconfig({ server }, { exec: { ...exec, apiVersion: 'v9' } }),
    says: /^error: exec plugin: invalid apiVersion "v9"$/,
  },
  'an unknown auth provider': {
    config: kubeconfig({ server }, { 'auth-provider': { name: 'x' } }),
    says: /^error: no Auth Provider found for name "x"$/,
  },
  'oidc without an issuer': {
    config: kubeconfig({ server }, { 'auth-provider': { name: 'oidc' } }),
    says: /^error: Must provide idp-issuer-url$/,
  },
};

for (const [name, { config, flags = {}, env = {}, says }] of Object.entries(configs)) {
  test(`says what kubectl says of ${name}`, { skip }, async (t) => {
    const space = workspace(t);
    const file = config === undefined ? {} : { kubeconfig: space.write('config', config) };
    assert.match(await compare(t, space, { ...file, ...flags }, env), says);
  });
}

test('says what kubectl says of certificates and of what is no TLS', { skip }, async (t) => {
  const space = workspace(t);
  for (const [certificate, cluster] of [
    ['server', { 'tls-server-name': 'nope.example' }],
    ['server', { 'certificate-authority-data': fixtureData('other-ca.pem') }],
    ['server', { 'certificate-authority-data': '' }],
    ['wrong-name', {}],
    ['expired', {}],
    ['none', {}],
  ] as const) {
    await using loop = await loopback(undefined, { certificate });
    const config = space.write('config', kubeconfig({ ...cluster, server: loop.url.replace('http:', 'https:') }, { token: 't' }));
    assert.match(await compare(t, space, { kubeconfig: config }), /^Unable to connect to the server: /);
  }
});

test('says what kubectl says of failures, whether or not they are a Status', { skip }, async (t) => {
  const space = workspace(t);
  await using loop = await loopback(({ url }) => {
    const code = Number(url.split('/')[2]);
    if (url.startsWith('/status'))
      return status(code, { 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound' }[code] ?? '', `message of ${code}`);
    return { status: code, body: 'no Status', headers: { 'content-type': 'text/plain' } };
  });
  const flags = { kubeconfig: space.write('config', kubeconfig({ server: loop.url }, { token: 't' })) };
  for (const code of [401, 403, 404, 500]) await compare(t, space, flags, {}, `/status/${code}`);
});

test('says what kubectl says of servers that hang or hang up', { skip }, async (t) => {
  const space = workspace(t);
  await using hanging = await loopback(() => undefined);
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const flags = { token: 't', requestTimeout: '300ms', insecureSkipTlsVerify: true };
  await compare(t, space, { ...flags, server: `https://127.0.0.1:${(silent.address() as { port: number }).port}` });
  await compare(t, space, { ...flags, server: hanging.url });
});

const sent: Readonly<Record<string, { user?: Record<string, unknown> | null; flags?: ConnectionFlags; plain?: boolean }>> = {
  'a token': { user: { token: 't' } },
  'a token file': { user: { tokenFile: 'token' } },
  'token and token file': { user: { token: 't', tokenFile: 'token' } },
  'a user and password': { user: { username: 'u', password: 'p:w' } },
  'a certificate': { user: { 'client-certificate-data': fixtureData('client.pem'), 'client-key-data': fixtureData('client.key') } },
  'a certificate and a token by flag': {
    user: { 'client-certificate-data': fixtureData('client.pem'), 'client-key-data': fixtureData('client.key') },
    flags: { token: 'flag' },
  },
  impersonation: { user: { token: 't', as: 'bob', 'as-uid': '1', 'as-groups': ['a', 'b'], 'as-user-extra': { 'Odd key/%': ['x', 'z'] } } },
  'impersonation by flags': { user: { token: 't', as: 'bob' }, flags: { as: 'jürgen', asUid: '7', asGroup: ['a', 'b'] } },
  'no compression': { user: { token: 't' }, flags: { disableCompression: true } },
  'a plugin': { user: { exec: { ...exec, command: './plugin' } } },
  'a plugin and a token by flag': { user: { exec: { ...exec, command: 'false' } }, flags: { token: 'flag' } },
  'an http:// server': { user: { token: 't', as: 'bob' }, plain: true },
};

for (const [name, { user = {}, flags = {}, plain = false }] of Object.entries(sent)) {
  test(`sends what kubectl sends: ${name}`, { skip }, async (t) => {
    const space = workspace(t);
    await using loop = await loopback(undefined, { certificate: plain ? 'none' : 'server' });
    space.write('token', ' from-file\n');
    const credential = { kind: 'ExecCredential', apiVersion: exec.apiVersion, status: { token: 'plugged' } };
    writeFileSync(space.path('plugin'), `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`, { mode: 0o755 });
    const config = space.write('config', kubeconfig({ server: loop.url }, user));
    assert.equal(await compare(t, space, { kubeconfig: config, ...flags }, {}, '/readyz'), 'answered');
    // Some kubectl ask for the version first, to choose another kubectl by it.
    const asked = loop.requests.filter((request) => request.url === '/readyz');
    const told = asked.map(({ headers, client, version, url }) => {
      const { authorization, ...others } = headers;
      const impersonation = Object.fromEntries(Object.entries(others).filter(([header]) => header.startsWith('impersonate-')));
      return { authorization, impersonation, encoding: headers['accept-encoding'], accept: headers.accept, client, version, url };
    });
    assert.equal(told.length, 2);
    assert.deepEqual(told[1], told[0]);
  });
}
