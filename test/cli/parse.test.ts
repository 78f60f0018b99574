import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../src/cli/parse.ts';
import type { Request } from '../../src/cli/request.ts';

async function request(...argv: string[]): Promise<Request> {
  const parsed = await parse(argv, 'kubectl-imagepull');
  assert.ok('request' in parsed, JSON.stringify(parsed));
  return parsed.request;
}

async function refusal(...argv: string[]): Promise<string> {
  const parsed = await parse(argv, 'kubectl-imagepull');
  assert.ok('usageError' in parsed, JSON.stringify(parsed));
  return parsed.usageError;
}

const plain = {
  command: 'why',
  target: { type: 'pod', name: 'web' },
  container: undefined,
  connection: {},
  output: 'table',
  headers: true,
  probe: 'auto',
  probeImage: undefined,
  probeNamespace: undefined,
  tryPull: false,
  nodeLogs: false,
  registry: true,
  registryCa: undefined,
  timeoutMilliseconds: 60_000,
  exitCode: false,
  save: undefined,
};

test('why with nothing but a pod', async () => assert.deepEqual(await request('why', 'web'), plain));

test('why with every flag', async () => {
  const argv =
    'why deploy/web -c app -owide --no-headers --probe never --no-registry --registry-ca ca.pem --timeout 1m30s --exit-code --save out.json';
  assert.deepEqual(await request(...argv.split(' ')), {
    ...plain,
    target: { type: 'deployment', name: 'web' },
    container: 'app',
    output: 'wide',
    headers: false,
    probe: 'never',
    registry: false,
    registryCa: 'ca.pem',
    timeoutMilliseconds: 90_000,
    exitCode: true,
    save: 'out.json',
  });
});

test('what the node is asked, and how', async () => {
  const { probeImage, probeNamespace, nodeLogs, tryPull } = {
    ...plain,
    ...(await request('why', 'web', '--probe-image=busybox:1', '--probe-namespace', 'tools', '--node-logs')),
  };
  assert.deepEqual([probeImage, probeNamespace, nodeLogs, tryPull], ['busybox:1', 'tools', true, false]);
  assert.equal('tryPull' in (await request('why', 'web', '--try-pull')), true);
  assert.match(await refusal('why', 'web', '--try-pull', '--probe=never'), /cannot be used together$/m);
  assert.match(await refusal('why', 'web', '--try-pull', '--probe-namespace=x'), /cannot be used together: in another namespace/);
  assert.match(await refusal('why', 'web', '--probe-image=x', '--probe=never'), /cannot be used together$/m);
  assert.match(await refusal('why', 'web', '--probe-image=a//b'), /^error: --probe-image: invalid image name "a\/\/b"/);
});

test('evidence that was saved stands for a pod', async () => {
  const replay = {
    command: 'why-saved',
    from: '-',
    target: undefined,
    namespace: undefined,
    container: undefined,
    output: 'json',
    headers: true,
    exitCode: false,
    save: undefined,
  };
  assert.deepEqual(await request('why', '--from', '-', '-ojson'), replay);
  const named = await request('why', 'deploy/web', '-n=shop', '--from=x');
  assert.deepEqual(named.command === 'why-saved' && [named.target, named.namespace], [{ type: 'deployment', name: 'web' }, 'shop']);
  const scan = await request('scan', '--from=x', '-A', '-n=shop', '--node=n1', '-l=a=b');
  assert.deepEqual(scan.command === 'scan-saved' && [scan.namespace, scan.node, scan.selector], [undefined, 'n1', 'a=b']);
});

test('every connection flag arrives as typed', async () => {
  const argv = [
    '--kubeconfig=k --cache-dir=c --context=x --cluster=y --user=z -n=prod -s=https://a:1 --token=t --username=u --password=p',
    '--client-certificate=cc --client-key=ck --certificate-authority=ca --tls-server-name=sn --insecure-skip-tls-verify',
    '--as=me --as-uid=7 --as-group=a --as-group=b --as-user-extra=k=v --request-timeout=5 --disable-compression=false',
  ];
  const why = await request('why', 'web', ...argv.join(' ').split(' '));
  assert.deepEqual('connection' in why && why.connection, {
    kubeconfig: 'k',
    cacheDir: 'c',
    context: 'x',
    cluster: 'y',
    user: 'z',
    namespace: 'prod',
    server: 'https://a:1',
    token: 't',
    username: 'u',
    password: 'p',
    clientCertificate: 'cc',
    clientKey: 'ck',
    certificateAuthority: 'ca',
    tlsServerName: 'sn',
    insecureSkipTlsVerify: true,
    as: 'me',
    asUid: '7',
    asGroup: ['a', 'b'],
    asUserExtra: ['k=v'],
    requestTimeout: '5',
    disableCompression: false,
  });
});

test('values keep their type and form: numbers in names, empty ones, ones like flags, dots', async () => {
  const why = await request('why', '0x10', '-n', '007', '--as-group=', '--as=a.b', '--token=--help', '-c=1e3');
  assert.deepEqual(why, {
    ...plain,
    target: { type: 'pod', name: '0x10' },
    container: '1e3',
    connection: { namespace: '007', asGroup: [''], as: 'a.b', token: '--help' },
    reachedBy: ['--as=a.b'],
  });
});

test('the last of a repeated flag counts', async () => {
  assert.deepEqual(
    await request('why', 'web', '-oyaml', '-ojson', '--exit-code', '--exit-code=false', '--timeout=1s', '--timeout=2s', '-v1', '-v2'),
    {
      ...plain,
      output: 'json',
      timeoutMilliseconds: 2000,
    },
  );
});

test('a timeout of zero is an hour, and so is a longer one', async () => {
  for (const timeout of ['0', '0s', '5h']) {
    const why = await request('why', 'web', `--timeout=${timeout}`);
    assert.equal('timeoutMilliseconds' in why && why.timeoutMilliseconds, 3_600_000);
  }
  assert.equal(await refusal('why', 'web', '--timeout=-1s'), 'error: --timeout must be zero or a positive duration');
});

test('wrong choices are answered with the right ones', async () => {
  assert.equal(
    await refusal('why', 'web', '-oxml'),
    'error: unable to match a printer suitable for the output format "xml", allowed formats are: json,markdown,name,table,wide,yaml',
  );
  assert.equal(await refusal('why', 'web', '--probe=maybe'), 'error: Invalid probe value (maybe). Must be "auto", "always", or "never".');
  assert.equal(await refusal('version', '-oxml'), "error: --output must be 'yaml' or 'json'");
  assert.equal(await refusal('version', 'x'), 'error: extra arguments: [x]');
  assert.equal(await refusal('explain', '-owide'), "error: --output must be 'text', 'json' or 'yaml'");
  assert.equal(await refusal('help', 'x'), 'error: unknown help topic "x"\nSee \'kubectl imagepull --help\' for usage.');
});

test('help is asked for in many ways', async () => {
  const root = { command: 'help', of: undefined };
  const why = { command: 'help', of: 'why' };
  for (const argv of [[], ['-h'], ['--help'], ['help'], ['help', '-h'], ['-n', 'prod']]) assert.deepEqual(await request(...argv), root);
  for (const argv of [
    ['help', 'why'],
    ['why', '-h'],
    ['--help', 'why'],
    ['why', 'web', '-oxml', '--help'],
  ]) {
    assert.deepEqual(await request(...argv), why);
  }
});

test('version', async () => {
  assert.deepEqual(await request('version', '--client'), { command: 'version', output: 'text' });
  assert.deepEqual(await request('version', '-ojson'), { command: 'version', output: 'json' });
  assert.deepEqual(await request('--version'), { command: 'version', output: 'text' });
});

test('explain takes a code, a message or standard input', async () => {
  const explain = (topic: unknown) => ({ command: 'explain', topic, output: 'text' });
  assert.deepEqual(await request('explain'), explain(undefined));
  assert.deepEqual(await request('explain', 'auth-rejected'), explain({ code: 'auth-rejected' }));
  assert.deepEqual(await request('explain', 'Auth-Rejected'), explain({ code: 'auth-rejected' }));
  assert.deepEqual(await request('explain', '-'), explain({ stdin: true }));
  assert.deepEqual(await request('explain', 'ErrImagePull'), explain({ message: 'ErrImagePull' }));
  assert.deepEqual(await request('explain', 'no', 'basic', 'auth'), explain({ message: 'no basic auth' }));
  assert.deepEqual(await request('explain', '--', '-x: y'), explain({ message: '-x: y' }));
});

test('a mistyped code is answered with near ones', async () => {
  assert.equal(
    await refusal('explain', 'manifest-notfound'),
    'error: no such cause: "manifest-notfound"\n\nDid you mean this?\n\tmanifest-not-found\n\nSee \'kubectl imagepull explain\' for all of them.',
  );
  assert.match(await refusal('explain', 'timeout'), /\tconnect-timeout\n/);
  assert.equal(
    await refusal('explain', 'zzzzzzzz'),
    'error: no such cause: "zzzzzzzz"\nSee \'kubectl imagepull explain\' for all of them.',
  );
});
