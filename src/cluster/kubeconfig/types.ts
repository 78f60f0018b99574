/** A kubeconfig as kubectl reads it (client-go: tools/clientcmd/api/v1/types.go), lists turned into maps by name, paths made absolute. */
export interface Kubeconfig {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
}

/** Texts are empty where the file does not give them, as in Go. */
export interface ClusterEntry {
  readonly server: string;
  readonly tlsServerName: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly certificateAuthority: string;
  readonly certificateAuthorityData: Buffer | null;
  readonly proxyUrl: string;
  readonly disableCompression: boolean;
  /** The extension `client.authentication.k8s.io/exec`, handed to exec plugins as `spec.cluster.config`. */
  readonly execExtension: unknown;
}

export interface UserEntry {
  readonly clientCertificate: string;
  readonly clientCertificateData: Buffer | null;
  readonly clientKey: string;
  readonly clientKeyData: Buffer | null;
  readonly token: string;
  readonly tokenFile: string;
  readonly as: string;
  readonly asUid: string;
  readonly asGroups: readonly string[];
  readonly asUserExtra: ReadonlyMap<string, readonly string[]>;
  readonly username: string;
  readonly password: string;
  readonly authProvider: { readonly name: string; readonly config: Readonly<Record<string, string>> } | null;
  readonly exec: ExecEntry | null;
  /** The file that the entry stands in; empty for flags. */
  readonly origin: string;
}

export interface ExecEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly apiVersion: string;
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string;
}

export interface ContextEntry {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** The cluster, user and namespace to use: the kubeconfig's, overridden by the flags. */
export interface Target {
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  readonly namespace: string;
  /** Neither kubeconfig nor flags name a server: kubectl then tries the cluster that it runs in, and after that `localhost:8080`. */
  readonly isDefault: boolean;
  /** The namespace was said by a flag or the context, rather than assumed. */
  readonly namespaceGiven: boolean;
}

export const emptyKubeconfig: Kubeconfig = { currentContext: '', clusters: new Map(), users: new Map(), contexts: new Map() };

export const emptyCluster: ClusterEntry = {
  server: '',
  tlsServerName: '',
  insecureSkipTlsVerify: false,
  certificateAuthority: '',
  certificateAuthorityData: null,
  proxyUrl: '',
  disableCompression: false,
  execExtension: undefined,
};

export const emptyUser: UserEntry = {
  clientCertificate: '',
  clientCertificateData: null,
  clientKey: '',
  clientKeyData: null,
  token: '',
  tokenFile: '',
  as: '',
  asUid: '',
  asGroups: [],
  asUserExtra: new Map(),
  username: '',
  password: '',
  authProvider: null,
  exec: null,
  origin: '',
};
