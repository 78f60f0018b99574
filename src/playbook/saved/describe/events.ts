/** A row of the table of events. Times are ages in milliseconds before kubectl was run. */
export interface EventRow {
  readonly type: string;
  readonly reason: string;
  readonly last: number;
  readonly first: number;
  readonly count: number;
  readonly from: string;
  readonly message: string;
}

/** `Normal  BackOff  9s (x88 over 20m)  kubelet  Back-off pulling …`; up to kubectl 1.18 FROM is `kubelet, node1`. */
const row = /^\s*(Normal|Warning)\s+(\S+)\s+(\S+)(?: \(x(\d+) over (\S+)\))?\s+(\S+(?:, \S+)?)(?:\s+(.*))?$/;

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 365 * 86_400_000 };

/** The rows below `Events:`. A message of several lines goes on where no row begins. */
export function eventRows(lines: readonly string[]): readonly EventRow[] {
  const rows: EventRow[] = [];
  for (const line of lines) {
    const [, type, reason, age = '', times, over, from = '', message = ''] = row.exec(line) ?? [];
    const last = ageOf(age);
    if (type !== undefined && reason !== undefined && last !== null) {
      const first = ageOf(over ?? age) ?? last;
      rows.push({ type, reason, last, first, count: Number(times ?? 1), from: from.split(',', 1)[0] ?? from, message: message.trimEnd() });
      continue;
    }
    const open = rows.pop();
    if (open) rows.push({ ...open, message: `${open.message}\n${line.trim()}` });
  }
  return rows;
}

/** `3m27s`, `2d3h`; kubectl says `<unknown>` of an event without times, and `<invalid>` where a clock runs ahead. null: it is no age. */
function ageOf(written: string): number | null {
  if (written === '<unknown>' || written === '<invalid>') return 0;
  if (!/^(?:\d+[smhdy])+$/.test(written)) return null;
  return [...written.matchAll(/(\d+)([smhdy])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
}
