import { type BuildOptions, build, type Metafile } from 'esbuild';
import { inAscii, settings } from './bundle.ts';
import { type Late, lateIn, restEntry } from './parts-plugin.ts';
import { root } from './root.ts';

/** The names of the parts, which are also those of the executable's assets. */
export const partNames = ['start', 'rest'] as const;

/** A program in two parts: `start` calls for `rest`, where it needs it, by require('rest'). Each is wrapped as Node wraps a CommonJS module. */
export type Parts = Readonly<Record<(typeof partNames)[number], string>>;

/**
 * src in two parts, for the executable: `version`, the help and the static words of a completion need the small one only, and so need not wait until V8
 * has read what it knows of the other. A module that both want is in both: none of those may hold a state or be told apart by its class.
 */
export async function bundleParts(): Promise<{ readonly parts: Parts; readonly metafiles: Readonly<Record<keyof Parts, Metafile>> }> {
  const late: Late = new Set();
  const start = await part({ plugins: [lateIn(late), ...settings.plugins], entryPoints: ['src/main.ts'] });
  const rest = await part({ plugins: [...settings.plugins], stdin: { contents: restEntry(late), resolveDir: root, loader: 'js' } });
  return { parts: { start: start.source, rest: rest.source }, metafiles: { start: start.metafile, rest: rest.metafile } };
}

async function part(options: BuildOptions): Promise<{ readonly source: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({ ...settings, ...options, write: false, metafile: true });
  return { source: asModule(inAscii(outputFiles[0]?.text ?? '')), metafile };
}

/** As Node wraps a CommonJS module. */
export function asModule(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n});`;
}
