import { checkOptions } from './options/check.ts';
import type { Option } from './options/option.ts';
import { scanOptions } from './options/scan.ts';
import { whyOptions } from './options/why.ts';
import { type CommandName, explainOptions, versionOptions } from './options.ts';

export interface HelpText {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs: what it does, what it contacts and changes. */
  readonly about: readonly string[];
  readonly examples: readonly { readonly comment: string; readonly words: string }[];
  readonly options: readonly Option[];
  /** After the program's name. */
  readonly usage: string;
  /** Whether the connection options mean something to it. */
  readonly connects: boolean;
  /** Where they are not those of every command. */
  readonly exitCodes?: string;
}

export const rootText: Omit<HelpText, 'options' | 'summary' | 'connects' | 'exitCodes'> = {
  about: ['Explain why a pod cannot pull its image, with proof, and what to type to fix it.'],
  examples: [
    { comment: 'Why can this pod not pull its image?', words: 'why web-7d4b8c6f9b-xyz12' },
    { comment: 'The same for the failing pods of a deployment in another namespace', words: 'why deploy/web -n shop' },
    { comment: 'Every failing pull of the cluster, grouped by what is really broken', words: 'scan -A' },
    { comment: 'Everything that was found out, with its sources', words: 'why web-7d4b8c6f9b-xyz12 -o wide' },
    { comment: 'What a cause means, how it is known and how to fix it, offline', words: 'explain manifest-not-found' },
    { comment: 'What an error message says', words: "explain 'failed to pull image ...: 401 Unauthorized'" },
  ],
  usage: 'COMMAND [flags]',
};

export const helpTexts: Readonly<Record<CommandName, HelpText>> = {
  why: {
    summary: 'Explain why a pod cannot pull its image',
    about: [
      'Explain why a pod, or a pod of a workload, cannot pull its image: the steps taken, the cause, how sure it is, and the commands that fix it.',
      "It reads the pod, its events, owner, service account and pull secrets, its node, and which pods pull from the same registry. It contacts the Kubernetes API server and, unless --no-registry is given, from this workstation and over verified TLS only, the image's registry and that registry's token service, with each credential of the pod's pull secrets that the kubelet would send, and without. Where the name of the image seems to be wrong, it looks for what may have been meant in the same way, at the registry of that name.",
      'It changes nothing in the cluster but this: where the evidence does not decide, a probe pod asks the node itself. It is announced, downloads nothing, runs nothing of yours and is always removed; --probe=never forbids it. Only --try-pull and --probe-image pull an image. A right that is missing costs the step that needs it, not the answer.',
    ],
    examples: [
      { comment: 'Why can this pod not pull its image?', words: 'why web-7d4b8c6f9b-xyz12' },
      { comment: 'A pod of this deployment that fails, in the namespace shop', words: 'why deploy/web -n shop' },
      { comment: 'Only this container, with every piece of evidence', words: 'why web-7d4b8c6f9b-xyz12 -c migrate -o wide' },
      { comment: 'Create nothing, and contact nothing but the API server', words: 'why web-7d4b8c6f9b-xyz12 --probe=never --no-registry' },
      { comment: 'It should be mended: have the node pull the image once more, and see', words: 'why web-7d4b8c6f9b-xyz12 --try-pull' },
      { comment: 'Look on until it is fixed, and see what fixed it', words: 'why deploy/web -n shop --watch' },
      {
        comment: 'In a pipeline: exit with 3 where it still fails after five minutes',
        words: 'why deploy/web -w --timeout 5m --exit-code',
      },
      { comment: 'Explain what was saved elsewhere by --save, without a cluster', words: 'why --from evidence.json' },
      {
        comment: 'The same of what kubectl get or kubectl describe printed',
        words: 'why web-0 --from pods-and-events.yaml',
      },
      { comment: 'For a script: the code of the cause', words: "why pod/web-0 -o json | jq -r '.images[].cause.code'" },
    ],
    options: whyOptions,
    usage: 'why (POD | TYPE/NAME | [POD] --from FILE) [-c CONTAINER] [flags] [options]',
    connects: true,
  },
  scan: {
    summary: 'Find every failing pull, grouped by what is broken',
    about: [
      'Find every pod of a namespace, or of the cluster, whose image cannot be pulled, and group them by what is really broken: an image, a pull secret, a registry, or a node. The biggest group comes first, each with its pods, owners and nodes, since when, the cause, how sure it is, and one fix.',
      'It reads rows of all pods, and of those that fail the same as why does; each secret, service account and node once. Unless --no-registry is given it asks the registries of the failing images, from this workstation, each distinct question once. At most ten requests to the API server are under way at a time.',
      'It changes nothing in the cluster, unless --probe=always is given: then a probe pod asks the node about one pod of each group, as it does for why.',
    ],
    examples: [
      { comment: 'Every failing pull of this namespace', words: 'scan' },
      { comment: 'Of all namespaces, with the pods of each group', words: 'scan -A -o wide' },
      { comment: 'Only pods of one team, or on one node', words: 'scan -A -l team=payments --node=ip-10-0-3-7' },
      { comment: 'Of these workloads only; exit with 3 if a pull fails', words: 'scan deploy/web sts/db -n shop --exit-code' },
      { comment: 'Look on until none is left', words: 'scan -A --watch' },
      { comment: 'Every failing pull in a must-gather or a support bundle, offline', words: 'scan --from must-gather.tar.gz' },
      {
        comment: 'For a script: how many pods for which cause',
        words: "scan -A -o json | jq -r '.groups[] | [(.pods | length), .cause.code, .subject.name] | @tsv'",
      },
    ],
    options: scanOptions,
    usage: 'scan [-A] [-l SELECTOR] [--node NODE] [TYPE/NAME ...] [flags] [options]',
    connects: true,
  },
  check: {
    summary: 'Tell before a rollout whether images can be pulled',
    about: [
      'Tell before a rollout whether images can be pulled here: images by name, or every image of the pods that manifests would make (also of CronJobs and custom resources with a pod template).',
      'It reads the pull secrets of each pod, or of its service account, from the manifests and else from the namespace, and the platforms of the nodes. From this workstation and over verified TLS only it then asks the registry of each image, and its token service, with each credential that the kubelet would send, and without. Each question is asked once. What it cannot reach or read from here is unknown, not a problem, and no reason for exit code 3: the nodes may well reach it, and have credentials of their own. So is a pod that no node would take. A manifest that cannot be read is told of and makes the exit code 1; the others are checked all the same.',
      'It changes nothing, downloads no layer and needs no pod.',
    ],
    examples: [
      { comment: 'Would this image be pulled in the namespace shop?', words: 'check registry.example.com/web:v2 -n shop' },
      { comment: 'With this pull secret, on this node', words: 'check registry.example.com/web:v2 -n shop --secret regcred --node node-1' },
      {
        comment: 'Every image of these manifests and those below; 3 where one would fail',
        words: 'check -R -f deploy/ --exit-code',
      },
      {
        comment: 'Of manifests on standard input: who uses what, and what each login was told',
        words: 'check -f - -o wide',
      },
    ],
    options: checkOptions,
    usage: 'check (IMAGE... | -f FILE... [-R]) [flags] [options]',
    connects: true,
    exitCodes:
      'Exit codes: 0 everything was read, whatever was found; 1 a manifest could not be read (the others are checked and printed all the same), no image was found, or the cluster did not answer what was wanted of it; 3 with --exit-code, an image could not be pulled, certain or likely (1 goes before it); 130 interrupted (129: its terminal was closed).',
  },
  explain: {
    summary: 'Show the page of a cause, or what an error message means',
    about: [
      'Show the page of a cause: what it means, how it is known, how to fix it and how to prevent it. A message of a kubelet or a runtime is read instead, and the causes that it leaves open are named. Without an argument, list all causes.',
      'It works offline and contacts nothing.',
    ],
    examples: [
      { comment: 'All causes', words: 'explain' },
      { comment: 'The page of one', words: 'explain auth-rejected' },
      { comment: 'What a message says', words: 'explain \'Failed to pull image "x.example/app:v1": ... 401 Unauthorized\'' },
      { comment: 'The same from standard input', words: 'explain -' },
    ],
    options: explainOptions,
    usage: 'explain [CODE | MESSAGE | -] [flags]',
    connects: false,
  },
  completion: {
    summary: 'Print the program that completes words in the shell',
    about: [
      "Print the program that kubectl runs to complete this plugin's words: commands, flags, pods (those that wait for an image first), workloads, namespaces, nodes, contexts, containers and causes. Its comments say where to put it. It needs kubectl 1.26 or later, with kubectl's own completion on.",
    ],
    examples: [{ comment: 'Put it on your PATH', words: 'completion > ~/.local/bin/kubectl_complete-imagepull' }],
    options: [],
    usage: 'completion',
    connects: false,
  },
  version: {
    summary: 'Print the version',
    about: ['Print the version of this program and of the Node.js in it. No server is asked.'],
    examples: [{ comment: 'Print the version', words: 'version' }],
    options: versionOptions,
    usage: 'version [flags]',
    connects: false,
  },
  help: {
    summary: 'Help about any command',
    about: ['Help about any command.'],
    examples: [{ comment: 'Help about why', words: 'help why' }],
    options: [],
    usage: 'help [COMMAND]',
    connects: false,
  },
};

export const exitCodes =
  'Exit codes: 0 answered, whatever the answer; 1 could not answer (the reason is on standard error); 3 with --exit-code, a failing pull was found; 130 interrupted (129: its terminal was closed). With --watch: 0 when it is fixed, 1 (3 with --exit-code while a pull fails) when the time of --timeout is over.';
