import type { Rule } from './rule.ts';

/** Not about pulling: the image is there, or something else keeps the pod. Only where no pull failure is spoken of. */
export const otherRules: readonly Rule[] = [
  // a sandbox that is not made, for a reason that has nothing to do with its image
  {
    code: 'none',
    confidence: 'possible',
    stages: ['sandbox'],
    phrases: ['runtimehandler', 'runtime handler', 'error adding pod', 'cgroup'],
    or: ['runtime-unavailable'],
  },
  {
    code: 'still-pulling',
    confidence: 'possible',
    when: ({ error, clause }) =>
      !/\p{L}{2}/u.test(clause.replace(/‹\w+›/g, '')) &&
      /\bpulling image\b/i.test(error.raw.slice(0, 4096)) &&
      !/back-off|backoff|error|fail/i.test(error.raw.slice(0, 4096)),
  },
  {
    code: 'none',
    confidence: 'likely',
    phrases: [
      'back-off restarting failed',
      'crashloopbackoff',
      'nodes are available',
      'already present on machine',
      'successfully pulled image',
      'mountvolume.setup failed',
      'unable to attach or mount volumes',
      'liveness probe failed',
      'readiness probe failed',
      'startup probe failed',
      'cni plugin not initialized',
      'failed to setup network for sandbox',
      'failed to set up sandbox container',
      'createcontainerconfigerror',
      'oomkilled',
      'not found in $path',
      'oci runtime create failed',
      'runasnonroot',
      'failed to reserve container name',
      'successfully assigned',
    ],
  },
];
