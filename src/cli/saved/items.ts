/** What is told of each value that was read. */
export interface Items {
  /** An item of a list, or a document that is no list. */
  item(value: unknown, listKind: string | undefined): void;
  /** An object that was too large, too deeply nested or not well formed, and was passed over. */
  skipped(): void;
}
