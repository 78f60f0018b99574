export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

const style =
  (start: number, end: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${start}m${text}\u001b[${end}m`;

const coloured: Paint = { bold: style(1, 22), dim: style(2, 22), red: style(31, 39), green: style(32, 39), yellow: style(33, 39) };

const same = (text: string): string => text;

const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same };

export function paint(colour: boolean): Paint {
  return colour ? coloured : plain;
}

/**
 * kubectl's rule (cli-runtime pkg/printers/terminal.go): a terminal, TERM is not `dumb`, NO_COLOR is not set, not even to nothing; on
 * Windows only in Windows Terminal. Beyond kubectl, FORCE_COLOR stands for the terminal, and `0`, `false` or nothing in it forbids colour;
 * NO_COLOR is stronger.
 */
export function chooseColour(
  output: { readonly isTTY: boolean },
  env: Readonly<Record<string, string | undefined>>,
  windows = false,
): boolean {
  if (env.NO_COLOR !== undefined) return false;
  if (env.FORCE_COLOR !== undefined) return !['', '0', 'false'].includes(env.FORCE_COLOR);
  return output.isTTY && env.TERM !== 'dumb' && (!windows || env.WT_SESSION !== undefined);
}
