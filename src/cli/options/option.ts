/** What its value is; a list may be given several times. */
export type OptionKind = 'string' | 'list' | 'boolean' | 'integer' | 'duration';

/** An option of the command line. */
export interface Option {
  readonly name: string;
  readonly short?: string;
  readonly kind: OptionKind;
  /** The default, as the help shows it in Go's notation; absent: nothing, in that of its kind. */
  readonly shown?: string;
  readonly help: string;
}
