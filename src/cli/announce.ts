import { wrapText } from '../report/wrap.ts';
import type { Output } from './io.ts';

/** Prints what is about to be done, on a terminal broken at words. */
export function announce(text: string, output: Output): void {
  output.write(`${wrapText(text, output.isTTY ? output.columns : undefined).join('\n')}\n`);
}
