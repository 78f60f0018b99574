import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readArgv } from '../../src/cli/argv.ts';
import { whyOptions } from '../../src/cli/options/why.ts';

const self = 'kubectl imagepull';

/** `-n=prod` and the like as `flags`, in one line. */
function read(...argv: string[]): string {
  const words = readArgv(argv, self);
  if ('usageError' in words) return words.usageError;
  return [words.command ?? '(none)', ...words.flags.map(({ name, value }) => `${name}=${value}`), '--', ...words.operands].join(' ');
}

const understood: [string[], string][] = [
  [['why', 'web'], 'why -- web'],
  [['why', '-ojson', '-nprod', 'web'], 'why output=json namespace=prod -- web'],
  [['why', '-n=prod', '-o=json', 'web'], 'why namespace=prod output=json -- web'],
  [['why', '-n', 'prod', '-o', 'json', 'web'], 'why namespace=prod output=json -- web'],
  [['why', '--namespace=prod', '--output', 'json', 'web'], 'why namespace=prod output=json -- web'],
  [['-n', 'prod', 'why', 'web'], 'why namespace=prod -- web'],
  [['-nprod', '--context', 'why', 'why', 'web'], 'why namespace=prod context=why -- web'],
  [['--insecure-skip-tls-verify', 'why', 'web'], 'why insecure-skip-tls-verify=true -- web'],
  [['--timeout', '5s', 'why', 'web'], 'why timeout=5s -- web'],
  [['why', 'web', '--no-headers'], 'why no-headers=true -- web'],
  [['why', 'web', '--no-headers=F'], 'why no-headers=false -- web'],
  [['why', 'web', '--exit-code', 'false'], 'why exit-code=true -- web false'],
  [['why', '--tls_server_name=x', 'web'], 'why tls-server-name=x -- web'],
  [['why', '--as-group=a', '--as-group', 'b', 'web'], 'why as-group=a as-group=b -- web'],
  [['why', '--token', '--x', 'web'], 'why token=--x -- web'],
  [['why', '--token=', 'web'], 'why token= -- web'],
  [['why', '--token=a=b', 'web'], 'why token=a=b -- web'],
  [['why', '-n=', 'web'], 'why namespace== -- web'],
  [['why', '--', '-n', 'prod'], 'why -- -n prod'],
  [['--', 'why', 'web'], '(none) -- why web'],
  [['why', '-v6', 'web'], 'why v=6 -- web'],
  [['why', '-hojson', 'web'], 'why help=true output=json -- web'],
  [['explain', '-'], 'explain -- -'],
  [['--version'], '(none) version=true --'],
  [[], '(none) --'],
  [['-h'], '(none) help=true --'],
];

for (const [argv, expected] of understood) test(`${JSON.stringify(argv)} is understood`, () => assert.equal(read(...argv), expected));

const see = "\nSee 'kubectl imagepull why --help' for usage.";
const seeRoot = "\nSee 'kubectl imagepull --help' for usage.";

/** The texts are pflag's and cobra's: compare with `kubectl logs` and the same flags. */
const refused: [string[], string][] = [
  [['why', '-x', 'web'], `error: unknown shorthand flag: 'x' in -x${see}`],
  [['why', '-hx', 'web'], `error: unknown shorthand flag: 'x' in -x${see}`],
  [['why', '-=', 'web'], `error: unknown shorthand flag: '=' in -=${see}`],
  [['why', '-5'], `error: unknown shorthand flag: '5' in -5${see}`],
  [['why', '--bogus', 'web'], `error: unknown flag: --bogus${see}`],
  [['why', '--bogus=1', 'web'], `error: unknown flag: --bogus${see}`],
  [['why', '--client', 'web'], `error: unknown flag: --client${see}`],
  [['why', '--headers', 'web'], `error: unknown flag: --headers${see}`],
  [['why', '--bogus', '--help'], `error: unknown flag: --bogus${see}`],
  [['why', '--=x'], `error: bad flag syntax: --=x${see}`],
  [['why', '---x'], `error: bad flag syntax: ---x${see}`],
  [['why', 'web', '-n'], `error: flag needs an argument: 'n' in -n${see}`],
  [['why', 'web', '--namespace'], `error: flag needs an argument: --namespace${see}`],
  [
    ['why', '--no-headers=maybe', 'web'],
    `error: invalid argument "maybe" for "--no-headers" flag: strconv.ParseBool: parsing "maybe": invalid syntax${see}`,
  ],
  [['why', '-v=x', 'web'], `error: invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax${see}`],
  [['why', '--timeout=5x', 'web'], `error: invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"${see}`],
  [['why', '--timeout=60', 'web'], `error: invalid argument "60" for "--timeout" flag: time: missing unit in duration "60"${see}`],
  [['-n'], `error: flag needs an argument: 'n' in -n${seeRoot}`],
  [['--bogus'], `error: unknown flag: --bogus${seeRoot}`],
  [['wyh', 'web'], `error: unknown command "wyh" for "kubectl imagepull"\n\nDid you mean this?\n\twhy\n${seeRoot}`],
  [['web-1'], `error: unknown command "web-1" for "kubectl imagepull"${seeRoot}`],
];

for (const [argv, expected] of refused) test(`${JSON.stringify(argv)} is refused`, () => assert.equal(read(...argv), expected));

test('any spelling of a flag and its value is the same', () => {
  const strings = whyOptions.filter(({ kind }) => kind === 'string');
  fc.assert(
    fc.property(fc.constantFrom(...strings), fc.string({ minLength: 1 }), ({ name, short }, value) => {
      const expected = readArgv(['why', `--${name}=${value}`], self);
      assert.deepEqual(readArgv(['why', `--${name}`, value], self), expected);
      if (short === undefined) return;
      assert.deepEqual(readArgv(['why', `-${short}`, value], self), expected);
      assert.deepEqual(readArgv(['why', `-${short}=${value}`], self), expected);
      if (value.length === 1 || !value.startsWith('=')) assert.deepEqual(readArgv(['why', `-${short}${value}`], self), expected);
    }),
  );
});

test('no argv makes it throw', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('why', 'explain', '--', '-', '-n', '-ojson', '--as-group', '--timeout=0', '-h', '--no-headers'),
  );
  fc.assert(fc.property(fc.array(word), (argv) => void readArgv(argv, self)));
});
