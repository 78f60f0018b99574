/** How the failing pods of the benchmark fail: what a kubelet of Kubernetes 1.36 with containerd 2 writes into their status. */
export interface Failure {
  /** The cause that a scan should find. */
  readonly code: string;
  readonly image: string;
  readonly reason: string;
  readonly message: string;
  /** Where it only happens on one node. */
  readonly node?: number;
  /** Names a pull secret, which does not exist. */
  readonly secret?: string;
}

/** No registry answers under these names anywhere (RFC 2606). */
const registry = (number: number) => `registry-${number}.bench.invalid`;

function pull(code: string, host: number, name: string, error: string, more: Partial<Failure> = {}): Failure {
  const image = `${registry(host)}/${name}`;
  return {
    code,
    image,
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "${image}": ErrImagePull: ${error.replaceAll('IMAGE', image)}`,
    ...more,
  };
}

const failed = 'failed to pull and unpack image "IMAGE": failed to resolve image:';
const get = (host: number, path: string) => `Head "https://${registry(host)}/v2/${path}"`;

/** Twelve causes. */
export const failures: readonly Failure[] = [
  pull('manifest-not-found', 1, 'shop/payment:v2.1.3', `rpc error: code = NotFound desc = ${failed} IMAGE: not found`),
  pull(
    'repository-not-found',
    1,
    'shop/paymnet:v1',
    `${failed} unexpected status from HEAD request to https://${registry(1)}/v2/shop/paymnet/manifests/v1: 404 Not Found\nname_unknown: repository name not known to registry`,
  ),
  pull(
    'auth-required',
    2,
    'team/private:1.0',
    `${failed} pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
  ),
  pull(
    'pull-secret-missing',
    2,
    'team/other:1.0',
    `${failed} pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
    { secret: 'regcred' },
  ),
  pull(
    'rate-limited',
    3,
    'library/redis:7',
    `${failed} unexpected status from HEAD request to https://${registry(3)}/v2/library/redis/manifests/7: 429 Too Many Requests\ntoomanyrequests: You have reached your pull rate limit`,
  ),
  pull(
    'dns-failure',
    4,
    'infra/agent:9',
    `${failed} failed to do request: ${get(4, 'infra/agent/manifests/9')}: dial tcp: lookup ${registry(4)} on 10.96.0.10:53: no such host`,
  ),
  pull(
    'connect-timeout',
    1,
    'shop/cart:v5',
    `${failed} failed to do request: ${get(1, 'shop/cart/manifests/v5')}: dial tcp 203.0.113.7:443: i/o timeout`,
    { node: 7 },
  ),
  pull(
    'tls-unknown-authority',
    5,
    'ops/tool:2',
    `${failed} failed to do request: ${get(5, 'ops/tool/manifests/2')}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ),
  pull(
    'disk-full',
    1,
    'ml/model:huge',
    'failed to pull and unpack image "IMAGE": failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:aaaa) to overlayfs as "extract-1": write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/model.bin: no space left on device',
    { node: 11 },
  ),
  {
    code: 'never-pull',
    image: `${registry(1)}/edge/preloaded:3`,
    reason: 'ErrImageNeverPull',
    message: `Container image "${registry(1)}/edge/preloaded:3" is not present with pull policy of Never`,
  },
  {
    code: 'invalid-image-name',
    image: `${registry(1)}/Team/App:v1`,
    reason: 'InvalidImageName',
    message: `Failed to apply default image tag "${registry(1)}/Team/App:v1": couldn't parse image name "${registry(1)}/Team/App:v1": invalid reference format: repository name (Team/App) must be lowercase`,
  },
  pull(
    'platform-mismatch',
    1,
    'shop/arm:1',
    'failed to pull and unpack image "IMAGE": get image config descriptor: no match for platform in manifest sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945: not found',
  ),
];
