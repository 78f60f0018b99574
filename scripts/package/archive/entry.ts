/** A file in an archive. Nothing else goes into ours: krew refuses links, and names with `..` in them. */
export interface Entry {
  readonly name: string;
  /** Permission bits: 0o755 for what is run. */
  readonly mode: number;
  readonly data: Buffer;
}
