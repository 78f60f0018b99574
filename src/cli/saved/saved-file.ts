/** A file, of a directory or an archive or by itself, as it is read: once, and before the next. */
export interface SavedFile {
  /** As the archive or directory has it: for messages, never to write to. */
  readonly name: string;
  /** Whether it is one of many. */
  readonly isPart: boolean;
  readonly chunks: AsyncIterable<Uint8Array>;
}
