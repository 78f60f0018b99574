import { formats } from '../../report/render/options.ts';
import type { Option } from '../options/option.ts';
import { type CommandName, commandNames } from '../options.ts';
import { type Candidate, type Completion, files, nothing, words } from './candidates.ts';
import { optionsOf, type Typed } from './typed.ts';

/** What the answer is to be fetched for: names that only the cluster or the kubeconfig has. */
export type Wanted =
  | { readonly what: 'namespaces' | 'nodes' | 'pullSecrets' | 'serviceAccounts' | 'contexts' | 'clusters' | 'users' | 'targets' | 'causes' }
  | { readonly what: 'names'; readonly type: string }
  | { readonly what: 'containers'; readonly operands: readonly string[] };

const values: Readonly<Record<string, readonly string[]>> = {
  'why output': formats,
  'scan output': formats,
  'check output': formats,
  'explain output': ['text', 'json', 'yaml'],
  'version output': ['json', 'yaml'],
  'why probe': ['auto', 'always', 'never'],
  'scan probe': ['never', 'always'],
};

const named: Readonly<Record<string, Exclude<Wanted['what'], 'names' | 'containers'>>> = {
  namespace: 'namespaces',
  'probe-namespace': 'namespaces',
  node: 'nodes',
  secret: 'pullSecrets',
  'service-account': 'serviceAccounts',
  context: 'contexts',
  cluster: 'clusters',
  user: 'users',
};

const paths: ReadonlySet<string> = new Set([
  'kubeconfig',
  'cache-dir',
  'certificate-authority',
  'client-certificate',
  'client-key',
  'filename',
  'from',
  'registry-ca',
  'save',
]);

/** What `TYPE/NAME` can begin with. */
export const targetTypes: readonly Candidate[] = ['pod', 'deployment', 'statefulset', 'daemonset', 'replicaset', 'job', 'cronjob'].map(
  (type) => ({
    word: `${type}/`,
  }),
);

/** What can stand at the cursor, or what has to be looked up for it. Loads nothing. */
export function complete({ words: typed, option, flag }: Typed): Completion | Wanted {
  if (option !== undefined) return optionValue(option, typed.command, typed.operands);
  if (flag) return words(optionsOf(typed).map(optionName));
  switch (typed.command) {
    case undefined:
      return words(commandNames);
    case 'help':
      return typed.operands.length === 0 ? words(commandNames) : nothing;
    case 'why':
      return targetOf(typed.operands);
    case 'scan':
      return { what: 'targets' };
    case 'explain':
      return typed.operands.length === 0 ? { what: 'causes' } : nothing;
    default:
      return nothing;
  }
}

function optionValue({ name, kind }: Option, command: CommandName | undefined, operands: readonly string[]): Completion | Wanted {
  if (kind === 'boolean') return words(['true', 'false']);
  if (name === 'container') return { what: 'containers', operands };
  const what = named[name];
  if (what !== undefined) return { what };
  if (paths.has(name)) return files;
  return words(values[`${command} ${name}`] ?? []);
}

function targetOf(operands: readonly string[]): Completion | Wanted {
  const [first, ...more] = operands;
  if (first === undefined) return { what: 'targets' };
  return more.length === 0 && !first.includes('/') ? { what: 'names', type: first } : nothing;
}

function optionName({ name, help }: Option): Candidate {
  return { word: `--${name}`, description: help };
}
