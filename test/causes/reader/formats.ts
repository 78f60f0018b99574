import type { CauseCode } from '../../../src/values/cause-code.ts';

/**
 * One instance of each format that can end a pull, from the error strings of containerd 1.6, 1.7 and 2.3, CRI-O, containers/image and storage, moby 20.10 and 29, cri-dockerd,
 * go-containerregistry and oras: those that the older lists (messages.ts, dialects.ts) do not have. Only what decides by itself: formats that end in an inner error are left out.
 */
export const formats: readonly (readonly [CauseCode, string])[] = [
  // containerd remotes/docker, pkg/cri image_pull.go
  [
    'registry-bad-response',
    'failed to pull and unpack image "a.test/b:1": failed to copy: httpReadSeeker: failed open: content range requests ignored',
  ],
  ['auth-required', 'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": authorization failed'],
  ['connection-dropped', 'failed to pull and unpack image "a.test/b:1": failed to copy: failed to copy after 3 retries'],
  ['connection-dropped', 'failed to pull and unpack image "a.test/b:1": failed to copy: bufpipe: read/write on closed pipe'],
  [
    'mirror-misconfigured',
    'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": unknown capability fetch',
  ],
  [
    'mirror-misconfigured',
    'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": invalid type 3 for "ca"',
  ],
  [
    'mirror-misconfigured',
    'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": invalid pair [a] for "client"',
  ],
  ['mirror-misconfigured', 'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": invalid `host` tree'],
  ['mirror-misconfigured', 'cert file "/etc/certs/a.crt" was specified, but no corresponding key file was specified'],
  ['mirror-misconfigured', 'key file "/etc/certs/a.key" was specified, but no corresponding cert file was specified'],
  ['runtime-unavailable', 'failed to parse image_pull_progress_timeout "5x": time: unknown unit "x" in duration "5x"'],
  ['runtime-unavailable', 'snapshotter must be provided to unpack: invalid argument'],
  ['runtime-unavailable', 'images service not found'],
  ['runtime-unavailable', 'content store service not found'],
  ['content-store-damaged', 'ref key does not match: layer-a != layer-b'],
  ['content-store-damaged', 'provided total differs from status: 3 != 4'],
  ['content-store-damaged', 'blob not found: not found'],
  [
    'unsupported-manifest',
    'failed to pull and unpack image "a.test/b:1": application/vnd.docker.distribution.manifest.v1+prettyjws not supported',
  ],
  // containerd mount, snapshotters
  ['unpack-failed', 'failed to extract layer sha256:1e61a346f526: mount options is too long'],
  ['unpack-failed', 'timeout creating new loopback device'],
  ['unpack-failed', "dm-verity mode is 'on' but .dmverity metadata not found for layer a. The layer may have been created without it"],
  ['unpack-failed', 'fsverity is not supported on the filesystem of "/var/lib/containerd/io.containerd.snapshotter.v1.erofs"'],
  ['none', 'failed to create pod sandbox: rpc error: code = Unknown desc = cni config not initialized'],
  ['none', 'failed to create pod sandbox: rpc error: code = Unknown desc = no runtime for "kata" is configured'],
  ['none', 'failed to create pod sandbox: rpc error: code = Unknown desc = failed to find runtime handler "gvisor"'],
  // CRI-O and containers/image, containers/storage
  ['runtime-unavailable', 'pull child finished successfully but didn’t send a result'],
  ['runtime-unavailable', '--separate-pull-cgroup is supported only with systemd'],
  ['runtime-unavailable', 'invalid systemd cgroup "pod.slice"'],
  ['unsupported-manifest', 'exceeded maximum allowed artifact size of 1048576 bytes'],
  ['invalid-image-name', 'no image specified'],
  ['platform-mismatch', 'no instances found for platform linux/s390x'],
  ['platform-mismatch', 'requested operation filtered out all platforms and would create an empty image'],
  ['unsupported-manifest', 'Unexpectedly received a manifest list instead of a manifest for a single image'],
  ['unsupported-manifest', 'Treating manifest lists as individual manifests is not implemented'],
  [
    'unsupported-manifest',
    'rejecting ambiguous manifest, unexpected fields [manifests] in supposedly application/vnd.oci.image.manifest.v1+json',
  ],
  ['unsupported-manifest', 'length of history not equal to number of layers'],
  ['unsupported-manifest', 'no FSLayers in manifest'],
  ['unsupported-manifest', 'Invalid image configuration, needs more than the 3 distributed layers'],
  ['unsupported-manifest', 'bzip2 compression not supported'],
  ['unsupported-manifest', 'Necessary DecryptParameters not present'],
  ['corrupt-layer', 'blob digest sha256:1e61a346f526 does not match expected sha256:a8f2c3f33adf'],
  [
    'corrupt-layer',
    'writing blob: storing blob to file "/var/tmp/x/1": invalid blob checksum, expected checksum sha256:1e61a346f526, got sha256:a8f2c3f33adf',
  ],
  ['corrupt-layer', 'invalid manifest checksum'],
  [
    'registry-bad-response',
    'Error response from daemon: name invalid: Requested repository does not match bearer token resource: google_containers/porter',
  ],
  ['registry-bad-response', 'no error details found in HTTP response body: ""'],
  ['registry-bad-response', 'Missing "Content-Length" header in response'],
  ['registry-bad-response', 'missing Content-Range: header'],
  ['registry-bad-response', 'invalid number of chunks returned by the server'],
  ['registry-bad-response', 'could not find boundary'],
  ['short-name-unresolved', 'short-name alias "x" not found in "/etc/containers/registries.conf": please check registries.conf files'],
  ['mirror-misconfigured', 'invalid short-name mode: "strict"'],
  ['mirror-misconfigured', 'pull-from-mirror must not be set for a non-mirror registry "a.test"'],
  ['mirror-misconfigured', 'missing client certificate a.cert for key a.key'],
  ['signature-rejected', 'Source image rejected: Need at least one public key to verify the sigstore payload, but got 0'],
  ['unpack-failed', 'writing blob: adding layer with blob "sha256:1e61a346f526": container ID 1000 cannot be mapped to a host ID'],
  ['unpack-failed', 'container ID 100000 cannot be mapped to a host ID'],
  ['unpack-failed', 'no subgid ranges found for group "crio" in /etc/subgid'],
  ['content-store-damaged', "an incomplete layer exists and can't be cleaned up"],
  ['pull-stalled', 'pulling cancelled'],
  // moby
  ['mirror-misconfigured', 'Error response from daemon: no endpoints found for a.test'],
  ['manifest-not-found', 'Error response from daemon: image manifest does not exist for tag or digest "v1"'],
  ['pull-stalled', 'Error response from daemon: download cancelled during retry delay'],
  ['pull-stalled', 'Error response from daemon: layer registration cancelled'],
  [
    'unsupported-manifest',
    'Error response from daemon: media-type: "application/vnd.oci.image.index.v1+json" should not have "config", "layers", or "fsLayers"',
  ],
  ['unsupported-manifest', 'Error response from daemon: media-type: cannot determine'],
  ['unsupported-manifest', 'Error response from daemon: invalid image JSON, no RootFS key'],
  ['unsupported-manifest', 'Error response from daemon: too many non-empty layers in History section'],
  ['unsupported-manifest', 'Error response from daemon: invalid manifest: not schema2'],
  ['unsupported-manifest', 'Error response from daemon: invalid parent ID in the base layer of the image'],
  ['platform-mismatch', 'Error response from daemon: operating system is not supported'],
  ['platform-mismatch', 'Error response from daemon: unsupported image operating system "windows"'],
  ['platform-mismatch', 'Error response from daemon: not support on this host operating system'],
  [
    'content-store-damaged',
    'Error response from daemon: could not verify layer data for: sha256:1e61a346f526. This may be because internal files in the layer store were modified. Re-pulling or rebuilding this image may resolve the issue',
  ],
  ['registry-bad-response', 'Error response from daemon: protocol version 1 no longer supported. Please contact admins of registry a.test'],
  ['mirror-misconfigured', 'invalid mirror: "a.test" is not a valid URI'],
  ['mirror-misconfigured', 'invalid mirror: unsupported scheme "ftp" in "ftp://a.test"'],
  ['mirror-misconfigured', "insecure registry a.test should not contain '://'"],
  ['mirror-misconfigured', 'Missing client certificate client.cert for key client.key'],
  // go-containerregistry, oras: what caches, controllers and admission tools say of the same registries
  ['manifest-not-found', 'no child with digest sha256:1e61a346f526 in index a.test/b:1'],
  ['corrupt-layer', 'manifest digest: "sha256:1e61a346f526" does not match requested digest: "sha256:a8f2c3f33adf" for "a.test/b:1"'],
  ['registry-bad-response', 'no token in bearer response:'],
  ['registry-bad-response', 'realm scheme "http" not allowed for a secure registry; use https'],
  ['registry-bad-response', 'GET "https://a.test/v2/b/manifests/1": unknown response Content-Length'],
  ['registry-bad-response', 'GET "https://a.test/token": empty token returned'],
  [
    'registry-bad-response',
    'GET "https://a.test/v2/b/blobs/x": mismatch response Content-Type "text/html": expect "application/octet-stream"',
  ],
  ['auth-required', 'basic credential not found'],
  ['auth-required', 'missing username or password for basic auth'],
  ['pull-secret-malformed', "auth 'eDp5' does not conform the base64(username:password) format"],
  // Go's net/url, net/http, crypto/tls, archive/tar
  ['mirror-misconfigured', 'failed to do request: Head "https:///v2/b/manifests/1": http: no Host in request URL'],
  ['mirror-misconfigured', 'parse "https://mirror.test:port": invalid port ":port" after host'],
  ['mirror-misconfigured', 'parse "mirror.test:5000": first path segment in URL cannot contain colon'],
  ['mirror-misconfigured', 'tls: private key does not match public key'],
  ['mirror-misconfigured', 'pulling image error : open /etc/docker/certs.d/a.test/ca.crt: no such file or directory'],
  [
    'registry-bad-response',
    'failed to do request: Head "https://a.test/v2/b/manifests/1": http: message cannot contain multiple Content-Length headers; got ["1" "2"]',
  ],
  [
    'registry-bad-response',
    'Get "https://a.test/v2/": http2: failed reading the frame payload: http2: frame too large, note that the frame header looked like an HTTP/1.1 header',
  ],
  ['registry-bad-response', 'failed to copy: http chunk length too large'],
  ['registry-bad-response', 'Get "https://a.test/v2/": net/http: HTTP/1.x transport connection broken: malformed MIME header line: x'],
  ['connection-dropped', 'Get "https://a.test/v2/": net/http: cannot rewind body after connection loss'],
  ['connection-dropped', 'failed to copy: http: read on closed response body'],
  ['tls-handshake-failed', 'Get "https://a.test/v2/": tls: chain is not signed by an acceptable CA'],
  ['corrupt-layer', 'failed to extract layer sha256:1e61a346f526: archive/tar: sparse file references non-existent data'],
  ['http-on-https', 'error":"Get "https://10.0.0.1:30002/v2/":server gave HTTP response to HTTPS client'],
  // kubelet pkg/credentialprovider/plugin and pkg/kubelet/images/pullmanager
  ['auth-required', 'Failed to get service account data shop/web: required annotation example.com/role not found'],
  ['auth-required', 'Failed to get service account shop/web: serviceaccount "web" not found'],
  [
    'auth-required',
    'Error getting service account token shop/web: serviceaccounts "web" is forbidden: User "system:node:a" cannot create resource "serviceaccounts/token"',
  ],
  [
    'auth-required',
    'Failed getting credential from external registry credential provider: error execing credential provider plugin acr-credential-provider for image a.azurecr.io/b: fork/exec /opt/bin/acr-credential-provider: permission denied',
  ],
  ['auth-required', 'credential provider plugin did not return a valid cacheKeyType: ""'],
  [
    'disk-full',
    'Failed to record image pull intent for container image "a.test/b:1": failed to record image pull intent: open /var/lib/kubelet/image_manager/pulling/sha256-a: no space left on device',
  ],
  ['runtime-unavailable', 'failed to record image pull intent: open /var/lib/kubelet/image_manager/pulling/sha256-a: permission denied'],
  ['runtime-unavailable', 'loading short-name aliases config file "/var/cache/containers/short-name-aliases.conf": permission denied'],
  ['none', 'Error: container create failed: executable file `/app` not found in $PATH: No such file or directory'],
];

/** Texts that sound like one cause and come from others as well, or that quote a request to something else than a registry: never certain, or certain of another. */
export const doubtful: readonly string[] = [
  // moby's clients tell of their own daemon's answer
  '(HTTP code 500) server error - something nobody knows',
  'request returned 500 Internal Server Error for API route and version http://%2F%2F.%2Fpipe%2FdockerDesktopLinuxEngine/v1.47/images/create, check if the server supports the requested API version',
  // the status says it, not the manifest
  'unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 415 Unsupported Media Type',
  // the signature could not be fetched
  'Source image rejected: reading signatures: Get "https://r.example/sig": dial tcp 10.0.0.1:443: i/o timeout',
  'blocking pull of a.test/b:1 with digest sha256:1e61a346f526: image verifier bindir returned error: signal: killed',
  'no certs.yaml file found',
  'Source image rejected: context canceled',
  // in the middle of a body
  'failed to copy: read tcp 10.0.0.1:1->10.0.0.2:443: read: connection timed out',
  'net/http: request canceled (Client.Timeout or context cancellation while reading body)',
  'remote error: tls: bad record MAC',
  'failed to copy: use of closed network connection',
  // whoever asked gave up
  'dial tcp: lookup r.example on 10.0.0.10:53: operation was canceled',
  'dial tcp: lookup r.example: context canceled',
  // a pipe of the runtime's own
  'failed to open pipe: something nobody knows',
  // not the disk: a limit of the kernel
  'mkdir /sys/fs/cgroup/memory/kubepods/x: no space left on device',
  'failed to create inotify watch: no space left on device',
  // the authority may not sign for the name
  'x509: a root or intermediate certificate is not authorized to sign for this name: DNS name "r.example" is not permitted by any constraint',
  // a blob of the node's own store
  'failed to pull and unpack image "a.test/b:1": blob not found: not found',
  // containerd's wrapper of every refusal
  'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": pull access denied, repository does not exist or may require authorization: server message: invalid_token: authorization failed',
  'failed to pull and unpack image "a.test/b:1": failed to resolve reference "a.test/b:1": pull access denied, repository do',
  // the digest may be the registry's own
  'invalid digest "md5:abc": unsupported digest algorithm "md5"',
  'parsing manifest: invalid digest format "md5:abc": unsupported digest algorithm',
  // a token that was given for minutes, not the credential
  'failed to pull and unpack image "a.test/b:1": unexpected status from GET request to https://a.test/v2/b/blobs/x: 401 Unauthorized: unauthorized: token is expired',
  // wrong or expired: the registry does not tell
  'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
  'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect',
  // not allowed: an address, or a user
  'denied: user x is not allowed access to this repository',
  // Google's page for whoever may not: an address, an identity, an embargo
  '403 Forbidden: Your client does not have permission to get URL <code>/v2/a/b</code> from this server.',
  // not of the kubelet: another decoder
  'failed to get credentials for "a.test/b:1": illegal base64 data at input byte 4',
  'net/http: invalid header field value for "X-Meta"',
  'Policy violation',
  'Binary Authorization API is not reachable',
  'unable to decode token response: unexpected EOF',
  'error creating tls client: open /etc/docker/certs.d/a.test: too many levels of symbolic links',
  'short read: expected 10 bytes but got 3: context canceled',
  // the connection, the file, or the daemon that goes away: nothing says what was read
  'unexpected EOF',
  'e25b982f4e4f: Download complete\n3dc3f8cab7f7: Download complete\nunexpected EOF',
  // a limit of logins, not of pulls
  'Error response from daemon: Head "https://registry-1.docker.io/v2/a/b/manifests/latest": toomanyrequests: too many failed login attempts for username or IP address',
  // of the API server, a webhook, a volume: nothing was pulled
  'Pods "rancher-a" is forbidden: Get "https://[::1]:6443/api/v1/namespaces/cattle-system/limitranges": x509: certificate has expired or is not yet valid',
  'Internal error occurred: failed calling webhook "validate.example": Post "https://webhook.svc:443/?timeout=5s": dial tcp 10.0.0.1:443: connect: connection refused',
  'MountVolume.SetUp failed for volume "x": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix /var/lib/kubelet/plugins/a/csi.sock: connect: connection refused"',
];
