import type { CauseCode } from '../../../src/values/cause-code.ts';

/** One form of message: where it is from, what is said, and the cause that the text decides. Tags: K Kubernetes, C containerd, O CRI-O, I containers/image, M moby, D cri-dockerd, G Go. */
export interface Row {
  readonly source: string;
  readonly text: string;
  readonly code: CauseCode;
}

const ref = 'registry.example.com/team/app:v1';
const ctd = (cause: string, image = ref) => `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${cause}`;
const transfer = (cause: string, image = ref) => `failed to pull and unpack image "${image}": failed to resolve image: ${cause}`;
const head = (cause: string) => ctd(`failed to do request: Head "https://registry.example.com/v2/team/app/manifests/v1": ${cause}`);
const copy = (cause: string) => `failed to pull and unpack image "${ref}": failed to copy: ${cause}`;
const open = (cause: string) => copy(`httpReadSeeker: failed open: ${cause}`);
const extract = (cause: string) =>
  `failed to pull and unpack image "${ref}": failed to extract layer sha256:1e61a346f526b812f8c3fc0260864d8cf713685b2bb061b01f2a6a91f9db0f7e: ${cause}`;
const extract21 = (cause: string) =>
  `failed to pull and unpack image "${ref}": failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:1e61a346f526b812f8c3fc0260864d8cf713685b2bb061b01f2a6a91f9db0f7e) to overlayfs as "extract-1-x sha256:abc": ${cause}`;
const crio = (cause: string) => `initializing source docker://${ref}: ${cause}`;
const ping = (cause: string) => crio(`pinging container registry registry.example.com: Get "https://registry.example.com/v2/": ${cause}`);
const manifest = (cause: string) => crio(`reading manifest v1 in registry.example.com/team/app: ${cause}`);
const daemon = (cause: string) => `Error response from daemon: ${cause}`;
const digest = 'sha256:1e61a346f526b812f8c3fc0260864d8cf713685b2bb061b01f2a6a91f9db0f7e';
const other = 'sha256:a8f2c3f33adf8b40a3f21558f2a7e48fa1fefa482729e4e9f8db1dbb5f654e9a';

const rows = (source: string, code: CauseCode, ...texts: readonly string[]): readonly Row[] =>
  texts.map((text) => ({ source, text, code }));

export const messages: readonly Row[] = [
  // 1 kubelet
  ...rows(
    'K1.36 image_manager.go',
    'invalid-image-name',
    'Failed to apply default image tag "Team/App:v1": couldn\'t parse image reference "Team/App:v1": invalid reference format: repository name must be lowercase',
    'Failed to apply default image tag "Team/App:v1": couldn\'t parse image name "Team/App:v1": invalid reference format: repository name (Team/App) must be lowercase',
    'couldn\'t parse image name "https://a/b": invalid reference format',
    'Failed to apply default image tag "x": couldn\'t parse image name "x": invalid repository name (1e61a346f526b812f8c3fc0260864d8cf713685b2bb061b01f2a6a91f9db0f7e), cannot specify 64-byte hexadecimal strings',
    'Error: InvalidImageName',
  ),
  ...rows(
    'K1.36 image_manager.go',
    'never-pull',
    `Container image "${ref}" is not present with pull policy of Never`,
    'Error: ErrImageNeverPull',
  ),
  ...rows('K1.36 helpers.go', 'pull-throttled', 'pull QPS exceeded', `Failed to pull image "${ref}": pull QPS exceeded`),
  ...rows(
    'K1.36 secrets.go, G1.24',
    'pull-secret-malformed',
    'illegal base64 data at input byte 4',
    'Error: illegal base64 data at input byte 4',
    `Failed to pull image "${ref}": illegal base64 data at input byte 4`,
    'unable to parse auth field, must be formatted as base64(username:password)',
    'json: cannot unmarshal string into Go struct field DockerConfigJSON.auths of type credentialprovider.dockerConfigEntryWithAuth',
    'unexpected end of JSON input',
    `Failed to pull image "${ref}": rpc error: code = Internal desc = grpc: error while marshaling: string field contains invalid UTF-8`,
    'grpc: error while marshaling: proto: field cri.AuthConfig.Password contains invalid UTF-8 data',
    "invalid character 'x' looking for beginning of value",
  ),
  ...rows(
    'K1.36 kubelet_pods.go',
    'pull-secret-missing',
    'Unable to retrieve some image pull secrets (ghost); attempting to pull the image may not succeed.',
  ),
  ...rows(
    'K1.36 grpc transport',
    'runtime-unavailable',
    `Failed to inspect image "": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"`,
    `Failed to inspect image "${ref}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix /run/containerd/containerd.sock: connect: connection refused"`,
    'rpc error: code = Unavailable desc = error reading from server: EOF',
    'rpc error: code = Unavailable desc = transport is closing',
    `Failed to inspect image "${ref}": rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    'server is not initialized yet: unavailable',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'error during connect: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.40/images": EOF',
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (16777220 vs. 16777216)',
  ),
  ...rows(
    'O1.34 storage/image.go, I5.34 shortnames.go',
    'short-name-unresolved',
    'Failed to inspect image "": rpc error: code = Unknown desc = short name mode is enforcing, but image name busybox:1.36 returns ambiguous list',
    'short-name "busybox:1.36" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
    'short-name "busybox" did not resolve to an alias and no containers-registries.conf(5) was found',
  ),
  // 3.3 resolve
  ...rows(
    'C2.2.7 resolver.go',
    'manifest-not-found',
    `rpc error: code = NotFound desc = ${ctd(`${ref}: not found`)}`,
    transfer(`${ref}: not found`),
    `Back-off pulling image "${ref}": ErrImagePull: rpc error: code = NotFound desc = ${ctd(`${ref}: not found`)}`,
    `failed to pull and unpack image "${ref}": failed to copy: httpReadSeeker: failed open: content at https://registry.example.com/v2/team/app/manifests/${digest} not found: not found`,
  ),
  ...rows(
    'C1.6.0–1.6.24 resolver.go',
    'rate-limited',
    ctd(
      'pulling from host registry-1.docker.io failed with status code [manifests latest]: 429 Too Many Requests',
      'docker.io/library/nginx:latest',
    ),
    ctd('unexpected status code [manifests 1.3]: 429 Too Many Requests'),
  ),
  ...rows(
    'C1.6 resolver.go',
    'auth-required',
    ctd('pulling from host registry.example.com failed with status code [manifests v1]: 401 Unauthorized'),
  ),
  ...rows(
    'C1.6 resolver.go',
    'auth-forbidden',
    ctd('pulling from host registry.example.com failed with status code [manifests 403]: 403 Forbidden'),
  ),
  ...rows(
    'C2.2.7 resolver.go',
    'auth-forbidden',
    ctd('unexpected status from HEAD request to https://registry.example.com/v2/team/app/manifests/v1: 403 Forbidden'),
    transfer(
      'unexpected status from GET request to https://registry.example.com/v2/team/app/manifests/v1: 403 Forbidden\ndenied: the identity lacks the role puller',
    ),
  ),
  ...rows(
    'C2.2.7 resolver.go',
    'not-found-or-denied',
    ctd(
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'docker.io/library/my-app:2.0',
    ),
    ctd(
      'pull access denied, repository does not exist or may require authorization: server message: invalid_token: authorization failed',
      'docker.io/library/my-app:2.0',
    ),
    transfer(
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'docker.io/library/my-app:2.0',
    ),
    transfer(
      'unexpected status from GET request to https://registry.example.com/v2/team/app/manifests/v1: 403 Forbidden\ndenied: requested access to the resource is denied',
    ),
  ),
  ...rows(
    'C1.7.8 resolver.go',
    'auth-required',
    ctd('pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials'),
    ctd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.example.com/token?scope=repository%3Ateam%2Fapp%3Apull&service=x: 401 Unauthorized',
    ),
    ctd('failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden', 'ghcr.io/team/app:1'),
    ctd('failed to authorize: failed to handle basic auth because missing username or secret'),
  ),
  ...rows(
    'C2.2.7 resolver.go',
    'registry-bad-response',
    head('stopped after 10 redirects'),
    ctd('failed to do request: Head "/v2/": stopped after 10 redirects'),
    ctd('"abc" in header not a valid digest: invalid checksum digest format'),
    ctd(`rejecting 9999999 byte manifest for ${ref}: not found`),
    ctd(
      "failed to authorize: failed to fetch anonymous token: unable to decode token response: invalid character '<' looking for beginning of value",
    ),
    ctd('failed to authorize: failed to fetch anonymous token: authorization server did not include a token in the response'),
    ctd('failed to authorize: no realm specified for token auth challenge'),
    ctd("unexpected status from HEAD request to https://registry.example.com/v2/team/app/manifests/v1: 418 I'm a teapot"),
  ),
  ...rows('C2.2.7 resolver.go', 'mirror-misconfigured', ctd('no resolve hosts: not found'), copy('no pull hosts: not found')),
  ...rows(
    'C2.2.7 pull.go, schema1',
    'unsupported-manifest',
    `rpc error: code = Unimplemented desc = ${ctd('not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.0, please rebuild the image as "application/vnd.docker.distribution.manifest.v2+json" or "application/vnd.oci.image.manifest.v1+json"')}`,
    `rpc error: code = InvalidArgument desc = ${transfer('schema 1 image manifests are no longer supported: invalid argument')}`,
    `failed to pull and unpack image "${ref}": Pulling Schema 1 images have been deprecated and disabled by default since containerd v2.0. As a workaround you may set an environment variable CONTAINERD_ENABLE_DEPRECATED_PULL_SCHEMA_1_IMAGE=1`,
    `failed to pull and unpack image "${ref}": schema 1 conversion failed: invalid schema 1 manifest, history and layer mismatch`,
    `failed to pull and unpack image "${ref}": unexpected media type application/vnd.cncf.helm.config.v1+json for ${digest}: not found`,
    `failed to pull and unpack image "${ref}": media-type: schema 1 not supported`,
    extract('failed to get stream processor for application/vnd.oci.image.layer.v1.tar+encrypted: no processor for media-type'),
    extract('unsupported compression format lz4'),
  ),
  // 3.4 token
  ...rows(
    'C2.2.7 auth/fetch.go',
    'auth-rejected',
    ctd(
      'failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.example.com/token: 401 Unauthorized',
    ),
    ctd('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized'),
    ctd(
      'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aa%2Fb%3Apull&service=ghcr.io: 403 Forbidden',
      'ghcr.io/a/b:1',
    ),
    daemon('Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'),
    daemon('Head "https://ghcr.io/v2/a/b/manifests/latest": denied: denied'),
  ),
  ...rows(
    'C2.2.7 auth/fetch.go',
    'registry-unavailable',
    ctd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.docker.io/token?x=y: 503 Service Unavailable',
    ),
  ),
  ...rows(
    'C2.2.7 auth/fetch.go',
    'connect-timeout',
    ctd(
      'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io": dial tcp 1.2.3.4:443: i/o timeout',
    ),
  ),
  // 3.5 download
  ...rows(
    'C2.2.7 fetcher.go',
    'registry-blob-missing',
    open(`could not fetch content descriptor ${digest} (application/vnd.docker.image.rootfs.diff.tar.gzip) from remote: not found`),
    open(`could not fetch content descriptor ${digest} (application/vnd.oci.image.config.v1+json) from remote: not found`),
    `copying system image from manifest list: reading blob ${digest}: fetching blob: blob unknown to registry`,
    `copying system image from manifest list: parsing image configuration: fetching blob: StatusCode: 404, "<html>"`,
  ),
  ...rows(
    'C1.7 fetcher.go',
    'rate-limited',
    open(
      'unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:abcd: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ),
  ),
  ...rows(
    'C2.2 fetcher.go',
    'registry-unavailable',
    open(`unexpected status from GET request to https://registry.example.com/v2/team/app/blobs/${digest}: 503 Service Unavailable`),
  ),
  ...rows(
    'C2.2.7 content/helpers.go',
    'connection-dropped',
    copy('read tcp 10.0.0.1:1234->1.2.3.4:443: read: connection reset by peer'),
    copy('unexpected EOF'),
    copy('local error: tls: bad record MAC'),
    copy('stream error: stream ID 7; INTERNAL_ERROR; received from peer'),
    copy('failed to read expected number of bytes: unexpected EOF'),
    copy('short read: expected 1234 bytes but got 1000: unexpected EOF'),
    copy('http2: client connection lost'),
  ),
  ...rows(
    'C2.2.7 context',
    'pull-stalled',
    `rpc error: code = Canceled desc = ${copy('context canceled')}`,
    `rpc error: code = Canceled desc = failed to pull and unpack image "${ref}": context canceled`,
  ),
  ...rows(
    'C2.2.7 content store',
    'corrupt-layer',
    `rpc error: code = FailedPrecondition desc = failed to pull and unpack image "${ref}": failed commit on ref "layer-${digest}": unexpected commit digest ${other}, expected ${digest}: failed precondition`,
    `failed to pull and unpack image "${ref}": failed commit on ref "layer-${digest}": unexpected commit size 12, expected 34: failed precondition`,
    `failed to pull and unpack image "${ref}": failed commit on ref "layer-${digest}": "layer-${digest}" failed size validation: 12 != 34: failed precondition`,
    extract(`wrong diff id calculated on extraction "${other}"`),
    extract('mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1: archive/tar: invalid tar header'),
    extract('gzip: invalid header'),
    extract('gzip: invalid checksum'),
    extract('flate: corrupt input before offset 1234'),
    extract21('mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1: unexpected EOF'),
    `failed to pull and unpack image "${ref}": number of layers and diffIDs don't match: 3 != 4`,
    `failed to pull and unpack image "${ref}": mismatched image rootfs and manifest layers`,
  ),
  ...rows(
    'C2.2.7 errno',
    'disk-full',
    copy(`write /var/lib/containerd/io.containerd.content.v1.content/ingest/abc/data: no space left on device`),
    extract(
      'failed to prepare extraction snapshot "extract-1-x sha256:abc": failed to create prepare snapshot dir: failed to create temp dir: mkdir /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/new-1: no space left on device',
    ),
    'writing blob: storing blob to file "/var/tmp/storage123/1": write /var/tmp/storage123/1: no space left on device',
    'failed to register layer: Error processing tar file(exit status 1): write /usr/lib/x.so: no space left on device',
    'failed to register layer: write /a: disk quota exceeded',
    'Failed to garbage collect required amount of images. Attempted to free 123 bytes, but only found 0 bytes eligible to free.',
    'The node was low on resource: ephemeral-storage. Threshold quantity: 10, available: 5.',
    'Pod was rejected: The node had condition: [DiskPressure]. ',
  ),
  ...rows('lab, C2.3.4', 'registry-bad-response', open(`could not fetch content descriptor ${digest} (text/html) from remote: not found`)),
  // 3.6 manifest, platform, unpack
  ...rows(
    'C2.2.7 images/handlers.go',
    'platform-mismatch',
    `rpc error: code = NotFound desc = failed to pull and unpack image "${ref}": no match for platform in manifest: not found`,
    `failed to pull and unpack image "${ref}": no match for platform in manifest ${digest}: not found`,
    'copying system image from manifest list: choosing image instance: no image found in image index for architecture "arm64", variant "v8", OS "linux"',
    'choosing an image from manifest list docker://x/y:1: no image found in manifest list for architecture arm64, variant "", OS linux',
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    daemon('no matching manifest for windows/amd64 10.0.17763 in the manifest list entries: x'),
    'image operating system "windows" cannot be used on this platform: operating system is not supported',
    'cannot download image with operating system "windows" when requesting "linux"',
    'standard_init_linux.go:228: exec user process caused: exec format error',
  ),
  ...rows(
    'C2.2.7 images/image.go',
    'registry-bad-response',
    `rpc error: code = NotFound desc = failed to pull and unpack image "${ref}": unexpected media type text/html for ${digest}: not found`,
    `failed to pull and unpack image "${ref}": unexpected media type text/html; charset=utf-8 for ${digest}: not found`,
  ),
  ...rows(
    'C2.2.7 transfer/local/pull.go; O1.35; I signature',
    'signature-rejected',
    transfer(`image verifier bindir blocked pull of ${ref} with digest ${digest} for reason: not trusted by team`),
    transfer(`blocking pull of ${ref} with digest ${digest}: image verifier bindir returned error: exit status 1`),
    `SignatureValidationFailed: Source image rejected: Running image docker://${ref} is rejected by policy.`,
    `SignatureValidationFailed: image pull failed for ${ref} because the signature validation failed: Source image rejected: A signature was required, but no signature exists`,
    'Source image rejected: None of the signatures were accepted, reasons: Signature for identity "a" is not accepted; x',
    'Source image rejected: Signature for identity "docker.io/x/y" is not accepted',
    'no policy.json file found at any of the following: "/root/.config/containers/policy.json", "/etc/containers/policy.json"',
  ),
  ...rows(
    'C2.2.7 archive/tar.go, I storage, M xfer',
    'unpack-failed',
    extract(
      'mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1: failed to Lchown "/var/lib/containerd/x" for UID 65534, GID 65534: lchown /var/lib/x: invalid argument (Hint: try increasing the number of subordinate IDs in /etc/subuid and /etc/subgid)',
    ),
    extract('failed to setxattr "/x" for key "security.capability": operation not permitted'),
    extract('unhandled tar header type 103'),
    extract('failed to convert whiteout file "a/.wh.b": operation not permitted'),
    `writing blob: adding layer with blob "${digest}": processing tar file(potentially insufficient UIDs or GIDs available in user namespace (requested 0:42 for /etc/gshadow)): exit status 1`,
    'failed to register layer: ApplyLayer exit status 1 stdout:  stderr: lchown /var/x: operation not permitted',
    extract('failed to mount /var/lib/containerd/tmpmounts/containerd-mount1: invalid argument'),
  ),
  ...rows(
    'C2.2.7 snapshots',
    'content-store-damaged',
    extract(`parent snapshot ${digest} does not exist: not found`),
    extract('mkdir /var/lib/containerd/x: structure needs cleaning'),
    extract('open /var/lib/containerd/x: input/output error'),
  ),
  ...rows(
    'C2.2.7 core/unpack',
    'runtime-unavailable',
    `failed to pull and unpack image "${ref}": unable to initialize unpacker: no unpack platforms defined: invalid argument`,
  ),
  // 3.7 hosts.toml
  ...rows(
    'C2.2.7 config/hosts.go; I tlsclientconfig, sysregistriesv2',
    'mirror-misconfigured',
    ctd('unable to read CA cert "/etc/certs/ca.crt": open /etc/certs/ca.crt: no such file or directory'),
    ctd('failed to load X509 key pair: tls: private key does not match public key'),
    ctd('unable to read CERT file "/etc/x.cert": permission denied'),
    'get registry endpoints: parse registry endpoint "::" from mirrors: x',
    'get TLSConfig for registry "x": failed to load CA file: open /x: no such file or directory',
    'loading registries configuration "/etc/containers/registries.conf": toml: x',
    crio('registry registry.example.com is blocked in /etc/containers/registries.conf or /etc/containers/registries.conf.d'),
    'missing key /etc/containers/certs.d/x/client.key for client certificate /etc/containers/certs.d/x/client.cert. Note that CA certificates should use the extension .crt',
    ctd(
      'failed to do request: Head "https://mirror.example.net/v2/library/nginx/manifests/latest?ns=docker.io": dial tcp 10.0.0.1:443: connect: connection refused',
      'docker.io/library/nginx:latest',
    ),
    ctd(
      'unexpected status from HEAD request to https://mirror.example.net/v2/library/nginx/manifests/latest?ns=%5BREDACTED%5D: 500 Internal Server Error',
      'docker.io/library/nginx:latest',
    ),
  ),
  // 4 CRI-O
  ...rows(
    'O1.27.8 image_pull.go',
    'connect-refused',
    `RegistryUnavailable: ${ping('dial tcp 10.0.0.1:443: connect: connection refused')}`,
    `image pull failed for ${ref} because the registry is unavailable: pinging container registry registry.example.com: Get "https://registry.example.com/v2/": dial tcp 10.0.0.1:443: connect: connection refused`,
  ),
  ...rows(
    'O1.34 image_pull.go',
    'manifest-not-found',
    `unable to pull image or OCI artifact: pull image err: ${manifest('manifest unknown')}; artifact err: get manifest: build image source: ${manifest('manifest unknown')}`,
  ),
  ...rows(
    'I5.34 docker_image_src.go',
    'manifest-not-found',
    manifest('manifest unknown'),
    manifest('manifest unknown: manifest unknown'),
    'Error initializing source docker://x/y:1: Error reading manifest 1 in docker.io/x/y: manifest unknown: manifest unknown',
    `(Mirrors also failed: [mirror.example.net/team/app:v1: pinging container registry mirror.example.net: Get "https://mirror.example.net/v2/": dial tcp: lookup mirror.example.net: no such host]): registry.example.com/team/app:v1: reading manifest v1 in registry.example.com/team/app: manifest unknown`,
  ),
  ...rows(
    'I5.34',
    'repository-not-found',
    manifest('name unknown: repository name not known to registry'),
    manifest('repository name not known to registry'),
  ),
  ...rows(
    'I5.34',
    'not-found-or-denied',
    manifest('requested access to the resource is denied'),
    manifest('errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n'),
    manifest('unauthorized: access to the requested resource is not authorized'),
  ),
  ...rows('I5.34', 'auth-required', manifest('authentication required'), manifest('unauthorized: authentication required')),
  ...rows(
    'I5.34 errors.go',
    'auth-rejected',
    crio('unable to retrieve auth token: invalid username/password: unauthorized: incorrect username or password'),
  ),
  ...rows(
    'I5.34, I5.38',
    'auth-required',
    crio('Requesting bearer token: invalid status code from registry 403 (Forbidden)'),
    crio('Requesting bearer token: received unexpected HTTP status: 403 Forbidden'),
  ),
  ...rows(
    'I5.34',
    'rate-limited',
    crio('pinging container registry registry.example.com: too many requests to registry'),
    manifest('toomanyrequests: You have reached your pull rate limit.'),
  ),
  ...rows(
    'I5.34',
    'registry-unavailable',
    manifest('received unexpected HTTP status: 503 Service Unavailable'),
    crio('Requesting bearer token: invalid status code from registry 502 (Bad Gateway)'),
  ),
  ...rows('I5.34', 'registry-bad-response', manifest('StatusCode: 404, "<html>\\r\\n<head><title>404 Not Found</title>"')),
  ...rows(
    'I5.34',
    'registry-bad-response',
    'error parsing HTTP 400 response body: invalid character \'<\' looking for beginning of value: "<html>"',
    crio('missing realm in bearer auth challenge'),
    crio('decoding bearer token (last URL "https://x/login", body start "<html>"): invalid character \'<\' looking for beginning of value'),
  ),
  ...rows(
    'I5.34 manifest',
    'unsupported-manifest',
    'Unimplemented manifest MIME type "application/json" (normalized as "application/json")',
    'unsupported docker v2s2 media type: "application/x"',
    'unsupported OCIv1 media type: "application/x"',
    'unsupported schema version 3',
    'unsupported image-specific operation on artifact with type "application/vnd.cncf.helm.config.v1+json"',
    'invalid mixed OCI image with Docker v2s2 config ("application/vnd.docker.container.image.v1+json")',
    `decrypting layer ${digest}: missing private key needed for decryption`,
  ),
  ...rows(
    'I5.34',
    'corrupt-layer',
    `Manifest does not match provided manifest digest ${digest}`,
    `Image manifest does not match selected manifest digest ${digest}`,
    'blob digest mismatch',
    'blob size mismatch',
    `layer 3 (blob ${digest}) does not match config's DiffID "${other}"`,
    `uncompressed digest of layer "x" is "${other}", config claims "${digest}"`,
    `writing blob: storing blob to file "/var/tmp/storage1/2": happened during read: Digest did not match, expected ${digest}, got ${other}`,
    'writing blob: adding layer with blob "sha256:abcd": archive/tar: invalid tar header',
  ),
  ...rows(
    'I5.34',
    'connection-dropped',
    'writing blob: storing blob to file "/var/tmp/storage1/2": happened during read: unexpected EOF',
    'writing blob: storing blob to file "/var/tmp/s/2": happened during read: read tcp 1.2.3.4:1->5.6.7.8:443: read: connection reset by peer',
    'reading blob sha256:abcd: (heuristic tuning data: total 123 @1.234 ms, last retry 1 @2.3 ms, last progress @3.3 ms): unexpected EOF (while reconnecting: x)',
  ),
  // 5 docker
  ...rows(
    'M28 errors.go',
    'not-found-or-denied',
    daemon(
      "pull access denied for my-app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
    daemon("pull access denied for my-app, repository does not exist or may require 'docker login'"),
    daemon('error from registry: requested access to the resource is denied'),
  ),
  ...rows(
    'M28 errors.go',
    'manifest-not-found',
    daemon('manifest for nginx:nope not found: manifest unknown: manifest unknown'),
    daemon('manifest for registry.example.com/team/app:v1 not found'),
  ),
  ...rows(
    'M28 errors.go',
    'repository-not-found',
    daemon('repository registry.example.com/team/ap not found: name unknown: repository name not known to registry'),
  ),
  ...rows(
    'M28 session.go',
    'auth-required',
    daemon('Get "https://1234.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1": no basic auth credentials'),
    daemon('Head "https://registry.example.com/v2/team/app/manifests/v1": unauthorized: authentication required'),
    daemon('error from registry: authentication required'),
  ),
  ...rows(
    'M28 errcode',
    'rate-limited',
    daemon(
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ),
    daemon('error from registry: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit'),
  ),
  ...rows(
    'M28 errors.go',
    'unsupported-manifest',
    '[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support has been removed. Suggest the author of x to upgrade',
    'unsupported manifest format',
    'Encountered remote "application/vnd.cncf.helm.config.v1+json"(helm) when fetching',
    'AI models are not yet supported by the Engine, please use docker model pull',
  ),
  ...rows(
    'M28 pull_v2.go',
    'corrupt-layer',
    `filesystem layer verification failed for digest ${digest}`,
    `image config verification failed for digest ${digest}`,
    `manifest verification failed for digest ${digest}`,
    "layers from manifest don't match image configuration",
  ),
  ...rows('moby/moby#44367', 'unsupported-manifest', 'invalid rootfs in image configuration'),
  ...rows(
    'containerd/containerd#4108',
    'mirror-misconfigured',
    'failed to do request: Head mirror.example:///v2/busybox/manifests/latest: unsupported protocol scheme "mirror.example"',
  ),
  ...rows(
    'sonatype/nexus-public#628',
    'registry-bad-response',
    'Head "http://edoras:5005/v2/library/ubuntu/manifests/20.04": Get "null://edoras:5005/v2/token?service=null": unsupported protocol scheme "null"',
  ),
  ...rows('podman#5764', 'mirror-misconfigured', 'cannot load TOML value of type map[string]interface {} into a Go slice'),
  ...rows(
    'buildah#747',
    'mirror-misconfigured',
    'unable to parse the registries.conf file: open /etc/containers/registries.conf: no such file or directory',
  ),
  ...rows(
    'docker/for-mac#7695',
    'proxy-failure',
    'Get "https://registry-1.docker.io/v2/": rejecting registry-1.docker.io:443 because traffic from evaluating PAC file: getting PAC interpreter: Get "http://wpad/wpad.dat": dial tcp: lookup wpad: no such host',
  ),
  ...rows(
    'M28 pull_v2.go',
    'connection-dropped',
    'error pulling image configuration: download failed after attempts=6: unexpected EOF',
    'error pulling image configuration: download failed after attempts=6: EOF',
  ),
  ...rows('D core/image.go', 'registry-unavailable', 'RegistryUnavailable: received unexpected HTTP status: 503 Service Unavailable'),
  // 6 Go
  ...rows(
    'G1.24 net',
    'dns-failure',
    head('dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host'),
    head('dial tcp: lookup registry.example.com: no such host'),
    head('dial tcp: lookup registry.example.com on 10.0.0.2:53: server misbehaving'),
    head('dial tcp: lookup registry.example.com: Temporary failure in name resolution'),
    head('dial tcp: lookup registry.example.com: Try again'),
    head('dial tcp: lookup registry.example.com on 10.0.0.2:53: read udp 10.0.0.1:3->10.0.0.2:53: i/o timeout'),
    head('dial tcp: lookup registry.example.com on [::1]:53: read udp [::1]:4->[::1]:53: read: connection refused'),
    head('dial tcp: lookup registry.example.com on 10.0.0.2:53: dial udp 10.0.0.2:53: connect: network is unreachable'),
    head('dial tcp: lookup registry.example.com on 10.0.0.2:53: no answer from DNS server'),
    head(
      'dial tcp: lookup registry.example.com: getaddrinfow: This is usually a temporary error during hostname resolution and means that the local server did not receive a response from an authoritative server.',
    ),
  ),
  ...rows(
    'G1.24 net',
    'connect-timeout',
    head('dial tcp 1.2.3.4:443: i/o timeout'),
    head('dial tcp 1.2.3.4:443: connect: connection timed out'),
    head('net/http: TLS handshake timeout'),
    head('net/http: timeout awaiting response headers'),
    head('context deadline exceeded'),
    ping('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'),
    ping('net/http: request canceled (Client.Timeout exceeded while awaiting headers)'),
    ping('net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'),
    head('dial tcp [2001:db8::1]:443: i/o timeout'),
    head(
      'dial tcp 1.2.3.4:443: connectex: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
    ),
  ),
  ...rows(
    'G1.24 net',
    'connect-refused',
    head('dial tcp 1.2.3.4:443: connect: connection refused'),
    ping('dial tcp [::1]:5000: connect: connection refused'),
    head('dial tcp 1.2.3.4:443: connectex: No connection could be made because the target machine actively refused it.'),
  ),
  ...rows(
    'G1.24 net',
    'no-route',
    head('dial tcp 1.2.3.4:443: connect: no route to host'),
    head('dial tcp [2600::1]:443: connect: network is unreachable'),
    head('dial tcp 1.2.3.4:443: connect: host is down'),
    head('dial tcp [2600::1]:443: connect: cannot assign requested address'),
  ),
  ...rows(
    'G1.24 net/http',
    'connection-dropped',
    head('EOF'),
    head('unexpected EOF'),
    head('read tcp 1.2.3.4:5->6.7.8.9:443: read: connection reset by peer'),
    head('write tcp 1.2.3.4:5->6.7.8.9:443: write: broken pipe'),
    head('http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=""'),
    head('net/http: HTTP/1.x transport connection broken: EOF'),
    head('http: server closed idle connection'),
    head('read tcp 1.2.3.4:5->6.7.8.9:443: use of closed network connection'),
    head('read tcp 1.2.3.4:5->6.7.8.9:443: wsarecv: An existing connection was forcibly closed by the remote host.'),
  ),
  ...rows(
    'G1.24 net/http transport.go',
    'proxy-failure',
    head('proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused'),
    head('proxyconnect tcp: dial tcp: lookup proxy.invalid on 10.255.255.53:53: no such host'),
    head('proxyconnect tcp: tls: first record does not look like a TLS handshake'),
    head('Proxy Authentication Required'),
    head('Forbidden'),
    head('Bad Gateway'),
    head('Service Unavailable'),
    head('Gateway Timeout'),
    ctd('unexpected status from HEAD request to http://registry.example.com/v2/team/app/manifests/v1: 407 Proxy Authentication Required'),
    head('socks connect tcp 127.0.0.1:1080->registry.example.com:443: dial tcp 127.0.0.1:1080: connect: connection refused'),
  ),
  ...rows(
    'G1.24 x509',
    'tls-unknown-authority',
    head('x509: certificate signed by unknown authority'),
    head(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "denied CA")',
    ),
    head('x509: failed to load system roots and no roots provided'),
    head('x509: certificate is not authorized to sign other certificates'),
    head('tls: failed to verify certificate: x509: “registry.example.com” certificate is not trusted'),
  ),
  ...rows(
    'G1.24 x509',
    'tls-name-mismatch',
    head('x509: certificate is valid for registry.test, not registry.example.com'),
    head('tls: failed to verify certificate: x509: certificate is valid for a.test, b.test, *.c.test, not registry.example.com'),
    head('x509: certificate is not valid for any names, but wanted to match registry.example.com'),
    head("x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs"),
    head('x509: certificate relies on legacy Common Name field, use SANs instead'),
    head(
      'x509: certificate relies on legacy Common Name field, use SANs or temporarily enable Common Name matching with GODEBUG=x509ignoreCN=0',
    ),
  ),
  ...rows(
    'G1.24 x509',
    'tls-expired',
    head('x509: certificate has expired or is not yet valid: current time 2026-11-21T00:10:57Z is after 2026-11-20T23:10:57Z'),
    head(
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-21T00:10:57Z is before 2026-11-21T01:10:57Z',
    ),
  ),
  ...rows(
    'G1.24 tls',
    'tls-handshake-failed',
    head('remote error: tls: handshake failure'),
    head('remote error: tls: protocol version not supported'),
    head('remote error: tls: bad certificate'),
    head('remote error: tls: certificate required'),
    head('remote error: tls: unknown certificate authority'),
    head('remote error: tls: internal error'),
    head('remote error: tls: unrecognized name'),
    head('remote error: tls: access denied'),
    head('tls: server selected unsupported protocol version 301'),
    head('tls: first record does not look like a TLS handshake'),
    head('tls: oversized record received with length 20527'),
    head('x509: certificate specifies an incompatible key usage'),
    head('x509: negative serial number'),
    head('x509: unhandled critical extension'),
    head('tls: failed to parse certificate from server: x509: invalid basic constraints'),
  ),
  ...rows(
    'G1.24 net/http client.go',
    'http-on-https',
    head('http: server gave HTTP response to HTTPS client'),
    ping('http: server gave HTTP response to HTTPS client'),
  ),
  ...rows(
    'G1.24 tls alert in plain http',
    'http-on-https',
    head('net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01"'),
  ),
  // 1.6, 1.7 volumes and sandbox
  ...rows(
    'C2.2.7 sandbox_run.go',
    'connect-timeout',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.9": failed to pull image "registry.k8s.io/pause:3.9": failed to pull and unpack image "registry.k8s.io/pause:3.9": failed to resolve reference "registry.k8s.io/pause:3.9": failed to do request: Head "https://us-west2-docker.pkg.dev/v2/k8s-artifacts-prod/images/pause/manifests/3.9": dial tcp 142.250.1.1:443: i/o timeout',
  ),
  // registries
  ...rows(
    'registries',
    'auth-expired',
    daemon(
      'Head "https://1234.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1": denied: Your authorization token has expired. Reauthenticate and try again.',
    ),
  ),
  ...rows(
    'registries',
    'auth-forbidden',
    ctd(
      'unexpected status from HEAD request to https://1234.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: 403 Forbidden',
      '1234.dkr.ecr.eu-west-1.amazonaws.com/app:1',
    ),
    manifest(
      'denied: User: arn:aws:sts::123456789012:assumed-role/node/i-0 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/x because no identity-based policy allows the ecr:BatchGetImage action',
    ),
    daemon(
      'Head "https://europe-docker.pkg.dev/v2/p/r/app/manifests/1": denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/p/locations/l/repositories/r" (or it may not exist)',
    ),
    manifest('denied: access forbidden'),
  ),
  ...rows(
    'registries',
    'repository-not-found',
    manifest("name unknown: The repository with name 'x' does not exist in the registry with id '123456789012'"),
    daemon('repository x.azurecr.io/team/ap not found: name unknown: repository "team/ap" is not found'),
  ),
  ...rows(
    'registries',
    'manifest-not-found',
    daemon('manifest for mcr.microsoft.com/x:1 not found: manifest unknown: manifest tagged by "1" is not found'),
    manifest('manifest unknown: The named manifest is not known to the registry.'),
    manifest('manifest unknown: Failed to fetch "v1" from request "/v2/team/app/manifests/v1".'),
    manifest('not found: artifact team/app:v1 not found'),
  ),
  ...rows(
    'registries',
    'registry-address-blocked',
    daemon(
      'Head "https://x.azurecr.io/v2/a/manifests/1": denied: client with IP \'1.2.3.4\' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.',
    ),
  ),
  ...rows(
    'registries',
    'registry-policy-blocked',
    ctd(
      'unexpected status from GET request to https://harbor.example.com/v2/p/r/manifests/1: 412 Precondition Failed\nunknown: current image with 3 vulnerabilities cannot be pulled due to configured policy in \'Prevent images with vulnerability severity of "High" or higher from running.\'',
    ),
    daemon('unknown: current image without vulnerability scanning cannot be pulled due to configured policy'),
    ctd('pulling from host harbor.example.com failed with status code [manifests 1]: 412 Precondition Failed', 'harbor.example.com/p/r:1'),
  ),
  ...rows(
    'registries',
    'auth-required',
    manifest('unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.'),
    daemon(
      'Get "https://registry.redhat.io/v2/x/manifests/1": unauthorized: Please login to the Red Hat Registry using your Customer Portal credentials. Further instructions can be found here: https://access.redhat.com/RegistryAuthentication',
    ),
    manifest(
      'denied: Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.repositories.downloadArtifacts" on resource "projects/p/locations/us/repositories/r" (or it may not exist)',
    ),
    manifest('denied: Anonymous users are only allowed read access on public repos'),
  ),
  ...rows(
    'Harbor',
    'not-found-or-denied',
    manifest('unauthorized: unauthorized to access repository: p/r, action: pull: unauthorized to access repository: p/r, action: pull'),
  ),
  ...rows(
    'K aggregate, AKS',
    'auth-rejected',
    `[rpc error: code = Unknown desc = ${ctd('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')}, rpc error: code = Unknown desc = ${ctd('failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized')}]`,
  ),
  ...rows(
    'K aggregate, AKS',
    'manifest-not-found',
    `[${ctd('failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized')}, rpc error: code = NotFound desc = ${ctd(`${ref}: not found`)}, ${ctd('failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized')}]`,
  ),
];

export const uninformative: readonly string[] = [
  `Back-off pulling image "${ref}"`,
  'Back-off pulling image "x509-certificate-exporter:403"',
  'Error: ErrImagePull',
  'Error: ImagePullBackOff',
  `Back-off pulling image "${ref}": ErrImagePull`,
  'ErrImagePull',
  'ImagePullBackOff',
  '',
];
