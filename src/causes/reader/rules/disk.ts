import { isUnanswered, type Rule, type Said } from './rule.ts';

const isKernelLimit = ({ error, clause }: Said) => clause.includes('inotify') || error.raw.slice(0, 8192).includes('/sys/fs/cgroup');

/** No room for images on the node. */
export const diskRules: readonly Rule[] = [
  {
    code: 'disk-full',
    confidence: 'certain',
    phrases: [
      'no space left on device',
      'disk quota exceeded',
      'not enough space on the disk',
      'there is not enough space',
      'insufficient free disk space',
      'low on resource: ephemeral-storage',
      'low on resource: inodes',
      'low on resource: imagefs',
      'low on resource: nodefs',
      'failed to garbage collect required amount of images',
      'freediskspacefailed',
      'attempting to reclaim ephemeral-storage',
      'wanted to free',
      'not enough disk space',
      'disk is full',
      'file system is full',
    ],
    patterns: [/(?<!no )\bdisk ?pressure\b/, /(?<!hasno)diskpressure\b/],
    when: (said) => !isKernelLimit(said),
  },
  // of a node's disk, or of what a registry grants a project
  { code: 'disk-full', confidence: 'likely', phrases: ['insufficient space'], when: isUnanswered, or: ['registry-policy-blocked'] },
  // ENOSPC of the kernel's own: control groups and inotify watches, not the disk
  {
    code: 'runtime-unavailable',
    confidence: 'possible',
    phrases: ['no space left on device'],
    when: isKernelLimit,
    or: ['disk-full'],
  },
];
