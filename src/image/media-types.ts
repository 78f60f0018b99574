/** Of what a registry serves, and how clients may write it: without parameters, in small letters. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** A manifest of one image as the runtimes read it (containerd core/images/mediatypes.go; OCI image-spec media-types.md). */
export function isManifest(type: string): boolean {
  return type === 'application/vnd.docker.distribution.manifest.v2+json' || type === 'application/vnd.oci.image.manifest.v1+json';
}

/** A list of such manifests, one for each platform. */
export function isIndex(type: string): boolean {
  return type === 'application/vnd.docker.distribution.manifest.list.v2+json' || type === 'application/vnd.oci.image.index.v1+json';
}

/** Docker's first manifests, which runtimes no longer read (containerd 2.0 and Docker 28 dropped them). */
export function isSchema1(type: string): boolean {
  return /^application\/vnd\.docker\.distribution\.manifest\.v1\+(?:json|prettyjws)$/.test(type);
}

/**
 * Configs of images that a runtime can run (OCI image-spec config.md; Docker's schema 2). Others are charts, signatures, models and such.
 */
export function isImageConfig(type: string): boolean {
  return (
    type === 'application/vnd.oci.image.config.v1+json' ||
    type === 'application/vnd.docker.container.image.v1+json' ||
    // Docker 1.10 wrote this, which says nothing.
    type === 'application/octet-stream'
  );
}
