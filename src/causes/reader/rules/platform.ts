import { isUnanswered, type Rule } from './rule.ts';

/** The image has nothing for this node: containerd core/images, containers/image internal/manifest, moby distribution. */
export const platformRules: readonly Rule[] = [
  {
    code: 'platform-mismatch',
    confidence: 'certain',
    phrases: [
      'no match for platform in manifest',
      'no matching manifest for',
      'no image found in image index',
      'no image found in manifest list',
      'cannot be used on this platform',
      'does not support platform',
      'does not match the specified platform',
      'no child with platform',
      'no supported platform found in manifest list',
      'does not provide the specified platform',
      'not support the requested platform',
      'a windows version',
      'the container operating system does not match the host operating system',
      'hcs_e_image_mismatch',
      'does not match the expected platform',
      'no instances found for platform',
      'filtered out all platforms',
      'unsupported image operating system',
    ],
    patterns: [
      /\bimage operating system .{0,60} cannot be used/,
      /\bno image satisfies requested platform\b/,
      /\bis incompatible with a .{1,60} host/,
      /\boperating system .{1,60} when requesting\b/,
    ],
  },
  // without a platform behind it, it may be of anything
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    phrases: ['no matching manifest'],
    when: isUnanswered,
    or: ['manifest-not-found'],
  },
];

/** moby's layer store and image package, of an image whose operating system is another one. */
export const systemRules: readonly Rule[] = [
  {
    code: 'platform-mismatch',
    confidence: 'likely',
    patterns: [/(?:^|: )operating system is not supported/, /not support on this host operating system/],
    or: ['unsupported-manifest'],
  },
];
