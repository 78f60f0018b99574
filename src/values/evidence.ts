/**
 * What the playbook found out, as plain JSON: the only thing that the verdict and the report may read. It holds no credential.
 * Times are RFC 3339 strings, durations milliseconds, sizes bytes.
 */

export type StepName = 'describe' | 'events' | 'spec' | 'secrets' | 'registry' | 'probe' | 'node';

/** What stood in the way of a reading. `permission` names the RBAC right that was lacking, e.g. `get secrets in namespace shop`. */
export interface Obstacle {
  readonly kind: 'forbidden' | 'not-found' | 'timeout' | 'unreachable' | 'refused' | 'failed';
  readonly message: string;
  readonly permission?: string;
}

/** A single reading that may have failed on its own, inside a step that did its work. */
export type Reading<T> = { readonly value: T } | { readonly obstacle: Obstacle };

/** A step of the playbook: its facts, or why there are none. */
export type Step<Facts> = { readonly milliseconds: number } & (
  | { readonly outcome: 'done'; readonly facts: Facts }
  | { readonly outcome: 'skipped'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly obstacle: Obstacle }
);

export interface Evidence {
  readonly apiVersion: 'imagepull/v1';
  readonly kind: 'PullEvidence';
  readonly collectedAt: string;
  readonly pod: PodFacts;
  readonly describe: Step<DescribeFacts>;
  readonly events: Step<EventsFacts>;
  readonly spec: Step<SpecFacts>;
  readonly secrets: Step<SecretsFacts>;
  readonly registry: Step<RegistryFacts>;
  readonly probe: Step<ProbeFacts>;
  readonly node: Step<NodeFacts>;
}

// --- the subject

export interface Owner {
  readonly kind: string;
  readonly name: string;
}

export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly phase: string;
  /** status.reason and status.message: `Evicted`, admission refusals of the kubelet, and such. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly deletedAt: string | null;
  /** The topmost controller that a user edits: the Deployment rather than its ReplicaSet, the CronJob rather than its Job. */
  readonly owner: Owner | null;
  readonly node: string | null;
  /** Why it has no node yet: the message of the condition PodScheduled=False. */
  readonly unscheduled: string | null;
  readonly serviceAccount: string;
  /** How many pods of the workload that was asked about fail in this same way, this one included; absent: a pod was asked about. */
  readonly standsFor?: number;
  /** Where the pod stands among the revisions of its Deployment, StatefulSet or DaemonSet; absent: not read. */
  readonly rollout?: Rollout;
}

/** The revision that made a pod, and the one that `kubectl rollout undo` would go back to. */
export interface Rollout {
  /** There is no newer one. */
  readonly newest: boolean;
  /** null: there is none. */
  readonly previous: {
    readonly revision: number;
    /** What its containers run, by name. */
    readonly images: Readonly<Record<string, string>>;
    readonly pullSecrets: readonly string[];
    /** Its pods that are ready now; null: not told (StatefulSet, DaemonSet). */
    readonly ready: number | null;
  } | null;
}

// --- describe

export type ContainerKind = 'container' | 'initContainer' | 'ephemeralContainer' | 'imageVolume' | 'sandbox';

/** `failing`: a pull (or the step just after it) failed; `pulling`: under way or queued; `pulled`: the image is there. */
export type PullState = 'failing' | 'pulling' | 'pulled' | 'unknown';

/** Where an image of this pod is used. `container` is the container's name, the volume's name, or `sandbox`. */
export interface ContainerFacts {
  readonly container: string;
  readonly kind: ContainerKind;
  /** As written in the spec. */
  readonly image: string;
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly pull: PullState;
  readonly waiting: { readonly reason: string; readonly message: string | null } | null;
  readonly terminated: {
    readonly reason: string | null;
    readonly message: string | null;
    readonly exitCode: number;
    readonly ranMilliseconds: number | null;
    readonly at: string | null;
  } | null;
  readonly running: boolean;
  readonly restarts: number;
  /** Of an init container: whether it runs on beside the others (restartPolicy Always). */
  readonly sidecar?: boolean;
  /** What the runtime resolved the image to, once it had it. */
  readonly imageId: string | null;
  /** The end of the container's log, read only where a container that started ended at once. */
  readonly log: string | null;
  /** JSON path of the status this was read from, e.g. `status.containerStatuses[0]`. */
  readonly source: string;
}

export interface DescribeFacts {
  readonly containers: readonly ContainerFacts[];
}

// --- events

export interface PodEvent {
  /** Name of the Event object. */
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** From involvedObject.fieldPath; null for events of the whole pod. */
  readonly container: string | null;
  /** The first quoted name in the messages of the kubelet about images; null where there is none. */
  readonly image: string | null;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly from: string;
}

export interface EventsFacts {
  /** All events of this pod (by uid), newest last. */
  readonly events: readonly PodEvent[];
  /** The image of the pod sandbox, where a FailedCreatePodSandBox event says that its pull failed. */
  readonly sandboxImage: string | null;
}

// --- spec

export interface Reference {
  /** Host and port, with Docker Hub spelled out: `docker.io`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

export interface ImageSpec {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly reference: Reference | null;
  /** Why it does not parse, in the runtime's words, and what would be right where that is plain. */
  readonly invalid: { readonly message: string; readonly suggestion: string | null } | null;
  /** What was not written and is therefore assumed: `docker.io`, `library/`, `:latest`. */
  readonly defaults: readonly string[];
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

export interface SpecFacts {
  readonly images: readonly ImageSpec[];
  /** Names in pod.spec.imagePullSecrets, in order. */
  readonly pullSecrets: readonly string[];
  readonly serviceAccount: Reading<{ readonly name: string; readonly pullSecrets: readonly string[] }>;
  readonly nodeSelector: Readonly<Record<string, string>>;
}

// --- secrets

export type SecretFault = 'wrong-type' | 'missing-key' | 'bad-json' | 'bad-base64' | 'bad-auth' | 'no-entries';

/**
 * Faults at which the kubelet's decoding stops with an error: it then pulls nothing for the pod, whatever its other Secrets hold. A wrong type, a missing
 * key and a config without entries it passes over (Kubernetes pkg/credentialprovider/secrets, `MakeDockerKeyring`).
 */
export const undecodableFaults: ReadonlySet<SecretFault> = new Set(['bad-json', 'bad-base64', 'bad-auth']);

export interface CredentialEntry {
  /** The key as written under `auths`. */
  readonly key: string;
  readonly user: string;
  /** Neither user nor password: an entry that the kubelet sends as nothing. */
  readonly empty: boolean;
  /** When the credential itself says that it ends (JWT `exp`, ECR's payload); null where it does not say. */
  readonly expiresAt: string | null;
  /** Peculiarities that break logins: `password-ends-in-newline`, `identity-token-ignored`, `credential-helper-ignored`, `short-lived-token` … */
  readonly remarks: readonly string[];
}

export interface SecretFacts {
  readonly name: string;
  readonly state: 'usable' | 'missing' | 'faulty' | 'unreadable';
  readonly obstacle: Obstacle | null;
  readonly type: string | null;
  readonly fault: { readonly code: SecretFault; readonly detail: string } | null;
  readonly createdAt: string | null;
  readonly changedAt: string | null;
  readonly entries: readonly CredentialEntry[];
  /** Of one that is missing: pull secrets of the namespace with a name like it. `fits`: it has an entry for an image of the pod. */
  readonly near?: readonly { readonly name: string; readonly fits: boolean }[];
}

/** One credential that the kubelet would send, identified without its password. */
export interface CredentialName {
  readonly secret: string;
  readonly key: string;
  readonly user: string;
}

export interface ImageCredentials {
  readonly container: string;
  readonly kind: ContainerKind;
  /** In the kubelet's order; empty: it would pull anonymously (or with the node's own credentials). */
  readonly tries: readonly CredentialName[];
  /** Where nothing matches: the key that comes nearest, and what it should have been. */
  readonly nearest: { readonly secret: string; readonly key: string; readonly shouldBe: string } | null;
}

export interface SecretsFacts {
  /** In the pod's order. */
  readonly secrets: readonly SecretFacts[];
  readonly images: readonly ImageCredentials[];
}

// --- registry

/** The layer at which a connection failed. */
export interface ConnectionFault {
  readonly layer: 'dns' | 'connect' | 'tls' | 'http' | 'proxy';
  /** `not-found`, `refused`, `timeout`, `no-route`, `unknown-authority`, `name-mismatch`, `expired`, `handshake`, `plain-http`, `reset`, `bad-response`. */
  readonly code: string;
  readonly message: string;
}

/** One request to the registry or its token server and what came back: no credential in it, and the URL's query redacted. */
export interface Exchange {
  readonly purpose: 'ping' | 'token' | 'login' | 'manifest' | 'config' | 'tags' | 'blob';
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

/** What the registry says to one credential: the row of the replay table. */
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
  | 'refused-to-send';

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
  readonly tags: {
    readonly count: number;
    readonly complete: boolean;
    readonly nearest: readonly string[];
    readonly newest: string | null;
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
  } | null;
  /** Where the name seems to be wrong: what may have been meant, the likeliest first. */
  readonly proposals?: readonly Proposal[];
}

/**
 * Why an image is proposed: it `moved`, one letter of its `host` is wrong, it lies under `library/` (or does not), `-` and `_` are mistaken for one another (`separator`), pods here
 * run it (`in-use`), or this workload did (`earlier-rollout`).
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

// --- probe

/** One layer of a connection as a program in a pod on the node saw it. `unknown`: the image has no program that could tell. */
export interface ProbeLayer {
  readonly layer: 'dns' | 'tcp' | 'tls' | 'http';
  readonly result: 'ok' | 'failed' | 'unknown';
  /** The address that was resolved, the certificate's issuer and dates, the HTTP status, or the program's own words. */
  readonly detail: string;
}

/**
 * What the node said to a pod that was made to ask it. `runtime`: a tag that cannot exist was pulled; `kubelet`: a readiness probe connected; `canary`: the
 * image itself was pulled, as the pod would; `tool`: a program in a pod connected.
 */
export interface ProbeAnswer {
  readonly prober: 'runtime' | 'kubelet' | 'canary' | 'tool';
  /** For the runtime: whether the pod's pull secrets were sent along. */
  readonly withSecrets: boolean;
  /** The image (runtime) or URL (kubelet) that was asked for. */
  readonly target: string;
  /** The event's or status's text; null: no answer in the time given. */
  readonly message: string | null;
  readonly at: string | null;
  /** Why this prober could not be used, where the others could. */
  readonly refusal?: Obstacle;
  /** From the pod's creation to the answer. */
  readonly milliseconds?: number;
  /** Of a tool: in the order of a connection. */
  readonly layers?: readonly ProbeLayer[];
  /** Of a tool: whether it ran in the node's own network, as the runtime does, rather than in a pod's, where network policies hold. */
  readonly hostNetwork?: boolean;
}

export interface ImageProbeFacts {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly answers: readonly ProbeAnswer[];
}

export interface ProbeFacts {
  /** The sentence of the policy, quota or right that forbade a probe pod; null: allowed. */
  readonly refusal: Obstacle | null;
  readonly images: readonly ImageProbeFacts[];
  /** Where the probe pods were made, when it was not the pod's own namespace: there they have no pull secret. */
  readonly namespace?: string;
}

// --- node

export interface NodeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly since: string | null;
}

export interface FileSystemFacts {
  readonly availableBytes: number;
  readonly capacityBytes: number;
  readonly inodesFree: number | null;
  readonly inodes: number | null;
}

/** Who else pulls from the same registry, or this image. Counts are of images in use by pods, each image and node once. */
export interface Neighbours {
  readonly container: string;
  readonly kind: ContainerKind;
  readonly sameImageWorks: readonly { readonly pod: string; readonly node: string }[];
  readonly sameImageFails: readonly { readonly pod: string; readonly node: string }[];
  readonly sameRegistryHere: { readonly works: number; readonly fails: number };
  readonly sameRegistryElsewhere: { readonly works: number; readonly fails: number };
  readonly otherRegistriesHere: { readonly works: number; readonly fails: number };
  /** Images that work, of another name that is like this one's. */
  readonly alike?: readonly { readonly image: string; readonly pod: string }[];
  /** The list of pods ended early (too many, or too slow): the counts are lower bounds. */
  readonly cut?: boolean;
  /** Only this namespace's pods could be listed. */
  readonly namespace?: string;
  /** When pods of this registry were made: the newest that has its image, and the oldest that lacks it. */
  readonly timesHere?: NeighbourTimes;
  readonly timesElsewhere?: NeighbourTimes;
}

export interface NeighbourTimes {
  readonly newestWorking: string | null;
  readonly oldestFailing: string | null;
}

/** The kubelet's configuration as far as it bears on images (`/configz`, kubelet.config.k8s.io/v1beta1). null: not set, or not served. */
export interface KubeletConfig {
  /** `imagefs.available` and the like of evictionHard, as written: `15%` or `1Gi`. */
  readonly evictionHard: Readonly<Record<string, string>>;
  readonly imageGCHighThresholdPercent: number | null;
  readonly serializeImagePulls: boolean | null;
  readonly maxParallelImagePulls: number | null;
  /** 0: no limit. */
  readonly registryPullQPS: number | null;
  readonly registryBurst: number | null;
  readonly credentialVerification: string | null;
}

/** Lines of the node's own logs that are about the image, its registry or its pull. */
export interface NodeLogs {
  /** Where they were read, e.g. `/logs/?query=containerd`. */
  readonly sources: readonly string[];
  readonly lines: readonly string[];
}

/** What images a node can run. */
export interface NodePlatform {
  readonly name: string;
  readonly platform: Platform;
}

export interface NodeFacts {
  readonly name: string;
  /** What stood in the way of the Node object: platform, versions, creation, provider, conditions and images present are then empty. */
  readonly unread?: Obstacle;
  readonly platform: { readonly os: string; readonly architecture: string };
  readonly kubelet: string;
  readonly runtime: string;
  readonly createdAt: string;
  /** As in spec.providerID, e.g. `aws:///eu-west-1a/i-0123`. */
  readonly provider: string | null;
  readonly conditions: readonly NodeCondition[];
  readonly imageFs: Reading<FileSystemFacts>;
  /** Images (by the names of node.status.images) of this pod's containers that are already on the node. */
  readonly imagesPresent: readonly string[];
  /** Warning events about the node's disk and image garbage collection. */
  readonly events: readonly { readonly reason: string; readonly message: string; readonly last: string }[];
  readonly neighbours: Reading<readonly Neighbours[]>;
  /** All nodes of the cluster; read only where an image is for none of this node's platform. */
  readonly platforms?: Reading<readonly NodePlatform[]>;
  /** Read only where it explains something. */
  readonly kubeletConfig?: Reading<KubeletConfig>;
  /** Read only when asked for (--node-logs). */
  readonly logs?: Reading<NodeLogs>;
}
