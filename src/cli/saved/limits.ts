const mebibyte = 1024 * 1024;

/** What is read of a file that somebody else made, at most. */
export const limits = {
  /** Bytes of it in all, unpacked. */
  bytes: 16 * 1024 * mebibyte,
  /** Unpacked bytes for each packed one, from the size on at which that is told; gzip itself reaches 1032. */
  ratio: 300,
  ratioFrom: 64 * mebibyte,
  /** Files in an archive or below a directory, and directories in each other. */
  files: 200_000,
  depth: 24,
  /** Characters of one object: etcd takes 1.5 MiB, which YAML may double. */
  object: 8 * mebibyte,
  /** Objects and lists in each other. */
  nesting: 100,
  /** Bytes of the names and attributes before a file in an archive. */
  header: mebibyte,
} as const;
