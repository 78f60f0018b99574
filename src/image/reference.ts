import type { NameMistake, Reference } from '../values/evidence.ts';
import { digestLengths, nameMistake } from './name-mistake.ts';
import { suggestReference } from './reference-suggestion.ts';

export interface InvalidReference {
  /** In the words of the runtimes (distribution/reference), without the kubelet's wrapping. */
  readonly message: string;
  /** The reference that was probably meant; placeholders in CAPITALS. null where that is not plain. */
  readonly suggestion: string | null;
  /** Where what was meant is not plain, and what is wrong is. */
  readonly mistake?: NameMistake;
}

export type ParsedReference =
  | {
      readonly reference: Reference;
      /** What was not written and is therefore assumed: `docker.io`, `library/`, `:latest`. */
      readonly defaults: readonly string[];
    }
  | { readonly invalid: InvalidReference };

// The grammar of distribution/reference v0.6 (reference.go, regexp.go): domain components may hold upper case, path components may not.
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = `${pathComponent}(?:/${pathComponent})*`;
const tag = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const referencePattern = new RegExp(`^(?:(${domain})/)?(${path})(?::(${tag}))?(?:@(${digest}))?$`);
const identifierPattern = /^[a-f0-9]{64}$/;

/** RepositoryNameTotalLengthMax: counted on the path alone since v0.6.0. */
const longestPath = 255;

/**
 * Reads an image name as the kubelet does: distribution/reference `ParseNormalizedNamed`, then the default tag `latest` where there is
 * neither tag nor digest (Kubernetes pkg/util/parsers, pkg/kubelet/images).
 */
export function parseReference(text: string): ParsedReference {
  const read = readReference(text);
  if (!('message' in read)) return read;
  const suggestion = suggestReference(text, isValid);
  const mistake = suggestion === null ? nameMistake(text) : null;
  return { invalid: { message: read.message, suggestion, ...(mistake && { mistake }) } };
}

function isValid(text: string): boolean {
  return 'reference' in readReference(text);
}

function readReference(
  text: string,
): { readonly reference: Reference; readonly defaults: readonly string[] } | { readonly message: string } {
  if (identifierPattern.test(text)) return { message: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings` };
  const { domain, remainder, defaults } = splitDomain(text);
  const written = remainder.split(':', 1)[0] ?? '';
  if (written.toLowerCase() !== written) return { message: `invalid reference format: repository name (${written}) must be lowercase` };
  const full = `${domain}/${remainder}`;
  const match = referencePattern.exec(full);
  if (!match) {
    const lower = referencePattern.test(full.toLowerCase());
    return { message: lower ? 'repository name must be lowercase' : 'invalid reference format' };
  }
  const [, host, fullPath = '', tagText, digestText] = match;
  if (fullPath.length > longestPath) return { message: `repository name must not be more than ${longestPath} characters` };
  const digestFault = digestText === undefined ? null : faultOfDigest(digestText);
  if (digestFault) return { message: digestFault };
  // A host with an underscore is no domain to the grammar, which takes it into the path; the runtimes still dial what stands before the
  // first slash.
  const [registry = '', repository = ''] = host === undefined ? splitAtSlash(fullPath) : [host, fullPath];
  const untagged = tagText === undefined && digestText === undefined;
  return {
    reference: { registry, repository, tag: untagged ? 'latest' : (tagText ?? null), digest: digestText ?? null },
    defaults: untagged ? [...defaults, ':latest'] : defaults,
  };
}

function splitAtSlash(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return [text.slice(0, slash), text.slice(slash + 1)];
}

/** distribution/reference `splitDockerDomain`: the part before the first slash is a host if it looks like one. */
function splitDomain(text: string): { readonly domain: string; readonly remainder: string; readonly defaults: readonly string[] } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isHost = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const defaults = isHost ? [] : ['docker.io'];
  const written = isHost ? first : 'docker.io';
  const remainder = isHost ? text.slice(slash + 1) : text;
  const domain = written === 'index.docker.io' ? 'docker.io' : written;
  if (domain !== 'docker.io' || remainder.includes('/')) return { domain, remainder, defaults };
  return { domain, remainder: `library/${remainder}`, defaults: [...defaults, 'library/'] };
}

/** opencontainers/go-digest `Digest.Validate`, whose words these are. */
function faultOfDigest(text: string): string | null {
  const [algorithm = '', encoded = ''] = text.split(':');
  const length = digestLengths[algorithm];
  if (length === undefined) return 'unsupported digest algorithm';
  if (encoded.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(encoded) ? null : 'invalid checksum digest format';
}

/** The full name: `docker.io/library/nginx:1.27@sha256:…`. */
export function formatReference(reference: Reference): string {
  const tag = reference.tag === null ? '' : `:${reference.tag}`;
  const digest = reference.digest === null ? '' : `@${reference.digest}`;
  return `${repositoryName(reference)}${tag}${digest}`;
}

/** Host and path without tag and digest, as pull secrets are matched against it: `docker.io/library/nginx`. */
export function repositoryName(reference: Reference): string {
  return `${reference.registry}/${reference.repository}`;
}
