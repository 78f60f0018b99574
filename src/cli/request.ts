import type { ConnectionFlags } from '../cluster/cluster.ts';
import type { Target } from '../playbook/subject/subject.ts';
import type { Format } from '../report/render/options.ts';
import type { CauseCode } from '../values/cause-code.ts';

/** What the user asked for, complete and valid: the only thing that a command reads of the command line. */
export type Request =
  | WhyRequest
  | ScanRequest
  | CheckRequest
  | SavedRequest
  | SavedScanRequest
  | ExplainRequest
  | VersionRequest
  | HelpRequest
  | CompletionRequest
  | CompleteRequest;

/** How the answer of a command is printed. */
export interface Printing {
  /** -o. */
  readonly output: Format;
  /** Whether tables have their line of titles. */
  readonly headers: boolean;
  /** --exit-code: 3 where a failing pull was found. */
  readonly exitCode: boolean;
  /** The connection flags that were given, for the commands that are printed (words/kubectl.ts); absent: none was. */
  readonly reachedBy?: readonly string[];
}

export interface WhyRequest extends Printing {
  readonly command: 'why';
  readonly target: Target;
  /** -c: only this container. */
  readonly container: string | undefined;
  readonly connection: ConnectionFlags;
  readonly probe: 'auto' | 'always' | 'never';
  /** An image with a shell for a further probe pod. */
  readonly probeImage: string | undefined;
  /** Where probe pods are made, instead of in the pod's own namespace. */
  readonly probeNamespace: string | undefined;
  /** Pull the image itself on the node once more, by a pod that runs nothing of it. */
  readonly tryPull: boolean;
  /** Read the node's own logs. */
  readonly nodeLogs: boolean;
  readonly registry: boolean;
  /** Extra trusted authorities for the registry step, a PEM file. */
  readonly registryCa: string | undefined;
  /** For the whole run. */
  readonly timeoutMilliseconds: number;
  readonly save: string | undefined;
  /** --watch; absent: one report. */
  readonly watch?: WatchRequest;
}

/** `--watch`: report again whenever something changed. */
export interface WatchRequest {
  /** When to give up, Infinity for never. `timeoutMilliseconds` is then that of each report. */
  readonly endsAfterMilliseconds: number;
}

/** `scan`: every failing pull, grouped by what is broken. */
export interface ScanRequest extends Printing {
  readonly command: 'scan';
  /** Only pods of these; empty: all pods of the namespace, or of all namespaces. */
  readonly targets: readonly Target[];
  readonly allNamespaces: boolean;
  /** -l, as typed. */
  readonly selector: string | undefined;
  readonly node: string | undefined;
  readonly connection: ConnectionFlags;
  /** `always`: one pod of each group. */
  readonly probe: 'always' | 'never';
  readonly registry: boolean;
  readonly registryCa: string | undefined;
  readonly timeoutMilliseconds: number;
  /** --watch; absent: one report. */
  readonly watch?: WatchRequest;
}

/** `check`: would these images be pulled here? */
export interface CheckRequest extends Printing {
  readonly command: 'check';
  readonly images: readonly string[];
  /** Manifests; `-` is standard input. */
  readonly files: readonly string[];
  /** -R: also what is below a directory. */
  readonly recursive: boolean;
  /** Instead of those that pods and service accounts name; empty: as they say. */
  readonly secrets: readonly string[];
  readonly serviceAccount: string | undefined;
  readonly node: string | undefined;
  readonly connection: ConnectionFlags;
  readonly registryCa: string | undefined;
  readonly timeoutMilliseconds: number;
}

/** `why [POD] --from FILE`: the report of what was saved before, without a cluster. `-` is standard input. */
export interface SavedRequest extends Printing {
  readonly command: 'why-saved';
  readonly from: string;
  /** undefined: the pods that fail in it. */
  readonly target: Target | undefined;
  /** undefined: all in it. */
  readonly namespace: string | undefined;
  /** -c: only this container. */
  readonly container: string | undefined;
  readonly save: string | undefined;
}

/** `scan --from FILE`. */
export interface SavedScanRequest extends Printing {
  readonly command: 'scan-saved';
  readonly from: string;
  readonly targets: readonly Target[];
  /** undefined: all in it. */
  readonly namespace: string | undefined;
  readonly selector: string | undefined;
  readonly node: string | undefined;
}

export interface ExplainRequest {
  readonly command: 'explain';
  /** undefined: list all causes. A message is what a runtime said; `-` was replaced by standard input. */
  readonly topic: { readonly code: CauseCode } | { readonly message: string } | { readonly stdin: true } | undefined;
  readonly output: 'text' | 'json' | 'yaml';
}

export interface VersionRequest {
  readonly command: 'version';
  readonly output: 'text' | 'json' | 'yaml';
}

/** `completion`: the program that kubectl asks for words. */
export interface CompletionRequest {
  readonly command: 'completion';
}

/** `__complete WORD…`, hidden: what can stand in the place of the last word. */
export interface CompleteRequest {
  readonly command: 'complete';
  readonly words: readonly string[];
}

export interface HelpRequest {
  readonly command: 'help';
  readonly of: 'why' | 'scan' | 'check' | 'explain' | 'version' | 'completion' | undefined;
}
