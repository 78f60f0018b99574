import type { PullReport } from '../../values/report.ts';

/** The values of `-o` for a report, those for people first. */
export const formats = ['table', 'wide', 'json', 'yaml', 'name', 'markdown'] as const;
export type Format = (typeof formats)[number];

export interface RenderOptions {
  /** Width to wrap to; undefined: not a terminal, nothing is wrapped. */
  readonly columns: number | undefined;
  readonly colour: boolean;
  /** Whether tables have their line of titles. */
  readonly headers: boolean;
  readonly now: Date;
  /** The file that took the place of a cluster. */
  readonly from?: string;
  /** The connection flags that were given (words/kubectl.ts); absent: none was. */
  readonly reachedBy?: readonly string[];
}

/** Reports → the text for standard output, which ends in a line break; empty where there is nothing to say. */
export type Renderer = (reports: readonly PullReport[], options: RenderOptions) => string | Promise<string>;
