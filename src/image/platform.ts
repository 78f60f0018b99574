import type { Platform } from '../values/evidence.ts';

const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  i486: '386',
  i586: '386',
  i686: '386',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
};

/** The canonical spelling of a platform (containerd/platforms `Normalize`): default variants are made explicit or dropped. */
function normalizePlatform(platform: Platform): Platform {
  const os = platform.os.toLowerCase() === 'macos' ? 'darwin' : platform.os.toLowerCase();
  const written = platform.architecture.toLowerCase();
  const architecture = architectures[written] ?? written;
  const variant = normalizeVariant(architecture, written, (platform.variant ?? '').toLowerCase());
  return variant === '' ? { os, architecture } : { os, architecture, variant };
}

function normalizeVariant(architecture: string, written: string, variant: string): string {
  const numbered = /^\d/.test(variant) ? `v${variant}` : variant;
  if (architecture === 'amd64') return numbered === 'v1' ? '' : numbered;
  if (architecture === 'arm64') return numbered === 'v8' || numbered === 'v8.0' ? '' : numbered.replace(/\.0$/, '');
  if (architecture !== 'arm') return numbered;
  if (written === 'armel') return 'v6';
  return numbered === '' ? 'v7' : numbered;
}

/**
 * Whether a runtime on `node` would take an image offered for `offered`, as containerd's default matcher does (containerd/platforms
 * `platformVector`): lower variants run too, amd64 runs 386, arm64 runs arm. A Node object does not tell a variant: its architecture's
 * default is taken.
 */
export function matchesPlatform(node: Platform, offered: Platform): boolean {
  return rankPlatform(node, offered) !== null;
}

/** 0 is the best match for the node, higher is worse, null none: the order in which containerd picks from an index. */
export function rankPlatform(node: Platform, offered: Platform): number | null {
  const wanted = formatPlatform(offered);
  const rank = compatiblePlatforms(normalizePlatform(node)).findIndex((platform) => formatPlatform(platform) === wanted);
  return rank < 0 ? null : rank;
}

function compatiblePlatforms(node: Platform): readonly Platform[] {
  const { os, architecture, variant = '' } = node;
  if (architecture === 'amd64') return [...downFrom(os, 'amd64', variant, 1), { os, architecture: 'amd64' }, { os, architecture: '386' }];
  if (architecture === 'arm64') return [...arm64Variants(os, variant), ...arm(os, 8)];
  if (architecture === 'arm') return arm(os, Number(/^v(\d)/.exec(variant)?.[1] ?? 7));
  return [node];
}

function arm64Variants(os: string, variant: string): readonly Platform[] {
  const base: Platform = { os, architecture: 'arm64' };
  return variant === '' ? [base] : [{ ...base, variant }, ...(variant === 'v9' ? [] : downFrom(os, 'arm64', variant, 8)), base];
}

function downFrom(os: string, architecture: string, variant: string, above: number): readonly Platform[] {
  const highest = Number(/^v(\d+)$/.exec(variant)?.[1] ?? above);
  return Array.from({ length: Math.max(highest - above, 0) }, (_, index) => ({ os, architecture, variant: `v${highest - index}` }));
}

function arm(os: string, highest: number): readonly Platform[] {
  return downFrom(os, 'arm', `v${highest}`, 4);
}

/** `linux/arm64/v8` in its canonical spelling, `linux/arm64`. */
export function formatPlatform(platform: Platform): string {
  const { os, architecture, variant } = normalizePlatform(platform);
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
