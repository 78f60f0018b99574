import type { ContainerKind } from './describe.ts';
import type { CredentialName } from './secrets.ts';

/** The layer at which a connection failed. */
export interface ConnectionFault {
  readonly layer: 'dns' | 'connect' | 'tls' | 'http' | 'proxy';
  /**
   * `not-found`, `refused`, `timeout`, `no-route`, `unknown-authority`, `name-mismatch`, `expired`, `handshake`, `plain-http`, `reset`,
   * `bad-response`, `wrong-size`. No fault of what was asked: `out-of-time` (all the time that there was is over), `unusable-proxy`,
   * `refused-address` (we do not go where it points).
   */
  readonly code: string;
  readonly message: string;
}

/** One request to the registry or its token server and what came back: no credential in it, and the URL's query redacted. */
export interface Exchange {
  readonly purpose: 'ping' | 'token' | 'login' | 'manifest' | 'config' | 'tags' | 'absent-digest' | 'blob';
  readonly method: string;
  readonly url: string;
  readonly status: number | null;
  readonly fault: ConnectionFault | null;
  /** From the WWW-Authenticate header, scheme first. */
  readonly challenge: { readonly scheme: string; readonly realm: string | null; readonly error: string | null } | null;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  /** The beginning of a body that is not a registry's; null otherwise. */
  readonly body: string | null;
  readonly contentType: string | null;
  readonly milliseconds: number;
}

/** What the registry says to one credential: the row of the replay table. `not-asked`: not to the end, which says nothing of anybody. */
export type AttemptResult =
  | 'found'
  | 'manifest-unknown'
  | 'repository-unknown'
  | 'not-found'
  | 'unauthorized'
  | 'token-refused'
  | 'forbidden'
  | 'rate-limited'
  | 'unavailable'
  | 'bad-response'
  | 'unreachable'
  | 'refused-to-send'
  | 'not-asked';

export interface Attempt {
  /** null: anonymously. */
  readonly credential: CredentialName | null;
  readonly result: AttemptResult;
  /** Whether the credential was accepted as such, by a token request without scope or by the registry; null: not known. */
  readonly authenticated: boolean | null;
  readonly exchanges: readonly Exchange[];
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export interface ImageRegistryFacts {
  readonly container: string;
  readonly kind: ContainerKind;
  /** Host (and port) that was contacted, e.g. `registry-1.docker.io`. */
  readonly host: string;
  readonly attempts: readonly Attempt[];
  /** Its "not found" is not a failure of its own upstream: it is no cache, or its upstream has answered (registry/own-denial.ts). */
  readonly deniesItself?: true;
  readonly tags: {
    readonly count: number;
    readonly complete: boolean;
    readonly nearest: readonly string[];
    readonly newest: string | null;
    /** The list names the tag that was asked for, although HEAD of it found nothing. */
    readonly listed?: true;
  } | null;
  /** Of a manifest that was found. */
  readonly manifest: {
    readonly mediaType: string;
    readonly digest: string | null;
    /** Empty where neither index nor config says. */
    readonly platforms: readonly Platform[];
    readonly configMediaType: string | null;
    /** Compressed bytes of config and layers for the node's platform; null where not known. */
    readonly size: number | null;
    /** It may be for other platforms too: entries of the index name none, or there are more than were read. */
    readonly morePlatforms?: true;
    /** An index within an index leads to it, which CRI-O does not read. */
    readonly nested?: true;
    /**
     * What could not be read, so that nothing is known of what is in it: the manifest itself, or that of the index's image for the
     * platform.
     */
    readonly unread?: 'manifest' | 'image';
    /** No one platform was asked for: config and blobs are those of one of the images in the index. */
    readonly sample?: true;
  } | null;
  readonly rateLimit: {
    readonly limit: number | null;
    readonly remaining: number | null;
    readonly windowSeconds: number | null;
    readonly source: string | null;
    readonly retryAfterSeconds: number | null;
  } | null;
  /** The storage host that a blob is served from, and whether it answered. */
  readonly blob: {
    readonly host: string;
    readonly status: number | null;
    readonly fault: ConnectionFault | null;
    readonly digest: string;
    /** In bytes, where what is served is not as long as the manifest says. */
    readonly sizes?: { readonly manifest: number; readonly served: number };
  } | null;
  /** Where the name seems to be wrong: what may have been meant, the likeliest first. */
  readonly proposals?: readonly Proposal[];
}

/**
 * Why an image is proposed: it `moved`, one letter of its `host` is wrong, it lies under `library/` (or does not), `-` and `_` are mistaken
 * for one another (`separator`), pods here run it (`in-use`), or this workload did (`earlier-rollout`).
 */
export type ProposalReason = 'moved' | 'host' | 'library' | 'separator' | 'in-use' | 'earlier-rollout';

/** An image that may have been meant. */
export interface Proposal {
  /** Its full name. */
  readonly reference: string;
  readonly why: ProposalReason;
  /** Its registry served it just now. */
  readonly verified: boolean;
}

/** What its registry says of the name that was put forward for an invalid one. */
export interface SuggestedImage {
  readonly container: string;
  readonly kind: ContainerKind;
  /** As in the `suggestion` of the spec. */
  readonly reference: string;
  /** The best answer to any credential of the pod, or to none. */
  readonly result: AttemptResult;
  /** Where its tag is not there. */
  readonly nearest: readonly string[];
}

export interface RegistryFacts {
  readonly images: readonly ImageRegistryFacts[];
  readonly suggested?: readonly SuggestedImage[];
}
