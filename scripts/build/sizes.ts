import type { Metafile } from 'esbuild';

/** What takes how much room in the bundle: a line per package or room of src, largest first. */
export function sizes({ outputs }: Metafile): string {
  const totals = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(path);
      totals.set(part, (totals.get(part) ?? 0) + bytesInOutput);
    }
  }
  return [...totals]
    .filter(([, bytes]) => bytes >= 1024)
    .sort(([, a], [, b]) => b - a)
    .map(([part, bytes]) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB  ${part}`)
    .join('\n');
}

function partOf(path: string): string {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return name ?? path.split('/').slice(0, 2).join('/');
}
