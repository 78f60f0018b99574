import type { NoPods } from '../../values/no-pods.ts';
import { pluginCommand } from '../../values/plugin-name.ts';
import { kubectl } from '../../words/kubectl.ts';

/** A name of the API (RFC 1123): what else a message has in its place is not put into a command. */
const name = '([a-z0-9][a-z0-9.-]{0,252})';

/**
 * What a refusal's words (of the quota, pod security, service account, priority and limit admission plugins, and of webhooks: kubernetes
 * plugin/pkg/admission, pod-security-admission, apiserver admission/plugin/webhook) say would let the pods in, with the command where there
 * is one.
 */
const refusals: readonly { readonly words: RegExp; readonly allow: (found: readonly string[], of: NoPods) => readonly string[] }[] = [
  {
    words: new RegExp(`exceeded quota: ${name}[ ,]`),
    allow: ([quota = ''], of) => [
      `make room in quota ${quota}: raise it, or remove what uses it up`,
      inNamespace(of, 'describe', 'resourcequota', quota),
    ],
  },
  {
    words: new RegExp(`failed quota: ${name}: must specify (.*)`),
    allow: ([quota, what]) => [`set ${what} for every container of the template: quota ${quota} counts it`],
  },
  {
    words: /violates PodSecurity "([a-z]+):/,
    allow: ([level], of) => [
      `give the template the settings that it names, or ask for less than pod security level ${level} in this namespace`,
      kubectl(of.reachedBy, 'get', 'namespace', of.namespace, '--show-labels'),
    ],
  },
  {
    words: new RegExp(`serviceaccount "${name}" not found`),
    allow: ([account = ''], of) => [
      'make that service account, or name another in the template',
      inNamespace(of, 'create', 'serviceaccount', account),
    ],
  },
  {
    words: new RegExp(`no PriorityClass with name ${name} was found`),
    allow: (_, { reachedBy }) => [
      'make that priority class, or name another in the template',
      kubectl(reachedBy, 'get', 'priorityclasses'),
    ],
  },
  {
    words: /(?:maximum|minimum) \S+ usage per (?:Pod|Container)|max limit to request ratio per/i,
    allow: (_, of) => ['keep requests and limits within the limit range of the namespace', inNamespace(of, 'describe', 'limitrange')],
  },
  {
    words: new RegExp(`failed calling webhook "${name}"`),
    allow: ([webhook], { reachedBy }) => [
      `repair admission webhook ${webhook}: it could not be asked`,
      kubectl(reachedBy, 'get', 'validatingwebhookconfigurations,mutatingwebhookconfigurations'),
    ],
  },
  {
    words: new RegExp(`admission webhook "${name}" denied the request`),
    allow: ([webhook]) => [`change the template as the policy behind admission webhook ${webhook} wants it`],
  },
  {
    words: new RegExp(`ValidatingAdmissionPolicy '${name}'`),
    allow: ([policy = ''], { reachedBy }) => [
      `change the template as admission policy ${policy} wants it`,
      kubectl(reachedBy, 'get', 'validatingadmissionpolicy', policy, '-o', 'yaml'),
    ],
  },
];

/**
 * In lines: what would make the pods that a workload lacks, with the command to look or mend, or who explains what was said of them; none
 * where that is not known.
 */
export function mendNoPods(none: NoPods): readonly string[] {
  const { because, type, name } = none;
  const target = `${type}/${name}`;
  switch (because.what) {
    case 'suspended':
      return inLines(['resume it', inNamespace(none, 'patch', target, '--type=merge', '-p', JSON.stringify({ spec: { suspend: false } }))]);
    case 'zero':
      return inLines(['give it replicas', inNamespace(none, 'scale', target, '--replicas=1')]);
    case 'paused':
      return type === 'deployment' ? inLines(['go on with its rollout', inNamespace(none, 'rollout', 'resume', target)]) : [];
    case 'refused':
      return whatWouldAllow(because.words, none);
    case 'gone':
      return [
        `Its pod ${because.pod}, which is gone, could not pull: ${because.words}`,
        `To have these words explained, give them to: ${pluginCommand} explain -`,
      ];
  }
}

function inNamespace({ reachedBy, namespace }: NoPods, ...words: readonly string[]): string {
  return kubectl(reachedBy, '-n', namespace, ...words);
}

function whatWouldAllow(words: string, of: NoPods): readonly string[] {
  for (const refusal of refusals) {
    const found = refusal.words.exec(words);
    if (found) return inLines(refusal.allow(found.slice(1), of));
  }
  return [];
}

function inLines([words, command]: readonly string[]): readonly string[] {
  return [`Fix   ${words}${command === undefined ? '' : ':'}`, ...(command === undefined ? [] : [`        ${command}`])];
}
