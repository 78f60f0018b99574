import { isPlaceholder } from '../../src/values/home-page.ts';
import type { Manifest, Platform } from './manifest.ts';

/** Platforms that krew knows (sigs.k8s.io/krew, internal/index/validation/validate.go and cmd/validate-krew-manifest/main.go). */
const platforms = new Set(
  (
    'windows/386 windows/amd64 windows/arm64 linux/386 linux/amd64 linux/arm linux/arm64 linux/ppc64le ' +
    'darwin/386 darwin/amd64 darwin/arm64'
  ).split(' '),
);

const deviceName = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/** semver.org, point 9 to 11, with the `v` that krew demands. */
const semver = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** `kubectl krew search` cuts the short description here. */
const shownColumns = 50;

type Rule = readonly [holds: (manifest: Manifest, fileName: string) => boolean, sentence: string];

/** Rules of krew's code, of its index' CI, and of its guides for naming and description. */
const rules: readonly Rule[] = [
  [
    ({ apiVersion }) => apiVersion === 'krew.googlecontainertools.github.com/v1alpha2',
    'apiVersion must be krew.googlecontainertools.github.com/v1alpha2',
  ],
  [({ kind }) => kind === 'Plugin', 'kind must be Plugin'],
  [({ metadata: { name } }, file) => file === `${name}.yaml`, 'the file must be named after metadata.name, with .yaml'],
  [({ metadata: { name } }) => /^[\w-]+$/.test(name), 'metadata.name may have letters, digits, _ and - only'],
  [({ metadata: { name } }) => !deviceName.test(name), 'metadata.name is a device on Windows'],
  [({ metadata: { name } }) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), 'metadata.name must be in lower case, its words joined with hyphens'],
  [({ metadata: { name } }) => !/^kube(ctl)?-/.test(name), 'metadata.name must not begin with kube- or kubectl-'],
  [({ spec }) => semver.test(spec.version), 'spec.version must be a semantic version with v before it'],
  [({ spec }) => spec.shortDescription !== '', 'spec.shortDescription is missing'],
  [({ spec }) => !/[\r\n]/.test(spec.shortDescription), 'spec.shortDescription must be one line'],
  [({ spec }) => spec.shortDescription.length <= shownColumns, `spec.shortDescription is cut after ${shownColumns} characters`],
  [({ spec }) => spec.description.trim() !== '', 'spec.description is missing'],
  [({ spec }) => !/(^|\s)--?[a-z]/.test(spec.description), 'spec.description lists flags: the guide leaves those to --help'],
  [({ spec }) => !isPlaceholder(spec.homepage), 'spec.homepage is a placeholder: package.json has no address of the repository yet'],
  [({ spec }) => spec.platforms.length > 0, 'spec.platforms is empty'],
  [
    ({ spec }) => new Set(spec.platforms.map(platformOf)).size === spec.platforms.length,
    'two of spec.platforms are for the same os and arch',
  ],
];

type PlatformRule = readonly [holds: (platform: Platform, manifest: Manifest) => boolean, sentence: string];

const platformRules: readonly PlatformRule[] = [
  [(platform) => platforms.has(platformOf(platform)), 'krew knows no such os and arch'],
  [({ selector }) => Object.keys(selector).every((key) => key === 'matchLabels'), 'the selector must be of matchLabels alone'],
  [
    ({ selector }) => Object.keys(selector.matchLabels).every((key) => key === 'os' || key === 'arch'),
    'a selector has no labels but os and arch',
  ],
  [({ uri }) => /^https:\/\/\S+\.(zip|tar\.gz)$/.test(uri), 'uri must be an https address of a .zip or .tar.gz'],
  [({ uri }, { spec }) => uri.includes(`/${spec.version}/`), 'uri must be of the release of this version'],
  [({ sha256 }) => /^[a-f0-9]{64}$/.test(sha256), 'sha256 must be 64 hexadecimal digits in lower case'],
  [({ bin }) => bin !== '' && !bin.startsWith('/') && !/[\\]|(^|\/)\.\.?(\/|$)/.test(bin), 'bin must be a clean path inside the archive'],
  [
    ({ bin, selector }) => selector.matchLabels.os !== 'windows' || bin.endsWith('.exe'),
    'bin must end in .exe, or Windows does not find it',
  ],
  [(platform) => !('files' in platform), 'files is not needed: the archive has only what is installed'],
];

/** What is wrong with a manifest, a sentence for each; none: krew will take it. @param fileName without its folder */
export function manifestFaults(manifest: Manifest, fileName: string): readonly string[] {
  const general = rules.filter(([holds]) => !holds(manifest, fileName)).map(([, sentence]) => sentence);
  const particular = manifest.spec.platforms.flatMap((platform) =>
    platformRules.filter(([holds]) => !holds(platform, manifest)).map(([, sentence]) => `${platformOf(platform)}: ${sentence}`),
  );
  return [...general, ...particular];
}

function platformOf({ selector: { matchLabels } }: Platform): string {
  return `${matchLabels.os}/${matchLabels.arch}`;
}
