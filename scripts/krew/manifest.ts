/** A krew manifest, as krew reads it (sigs.k8s.io/krew, pkg/index/types.go). What is read from a file may lack any of it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly version: string;
    readonly homepage: string;
    readonly shortDescription: string;
    readonly description: string;
    readonly caveats?: string;
    readonly platforms: readonly Platform[];
  };
}

export interface Platform {
  readonly selector: { readonly matchLabels: { readonly os: string; readonly arch: string } };
  readonly uri: string;
  readonly sha256: string;
  readonly bin: string;
}

/** plugin.yaml: all that does not change from release to release. */
export type ManifestSource = Omit<Manifest, 'spec'> & { readonly spec: Omit<Manifest['spec'], 'version' | 'homepage' | 'platforms'> };

export interface Release {
  /** Without `v`. */
  readonly version: string;
  /** `https://github.com/OWNER/REPOSITORY`. */
  readonly address: string;
  readonly archives: readonly {
    readonly os: string;
    readonly arch: string;
    readonly name: string;
    readonly sha256: string;
    readonly bin: string;
  }[];
}

/** The manifest of a release. */
export function manifestOf({ spec, ...source }: ManifestSource, { version, address, archives }: Release): Manifest {
  const { shortDescription, description, caveats } = spec;
  return {
    ...source,
    spec: {
      version: `v${version}`,
      homepage: address,
      shortDescription,
      description,
      ...(caveats !== undefined && { caveats }),
      platforms: archives.map(({ os, arch, name, sha256, bin }) => ({
        selector: { matchLabels: { os, arch } },
        uri: `${address}/releases/download/v${version}/${name}`,
        sha256,
        bin,
      })),
    },
  };
}
