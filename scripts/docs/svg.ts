/** Colours of a terminal's window. */
export interface Theme {
  readonly name: string;
  readonly background: string;
  readonly text: string;
  readonly dim: string;
  readonly red: string;
  readonly green: string;
  readonly yellow: string;
}

export const themes: readonly Theme[] = [
  { name: 'light', background: '#ffffff', text: '#1f2328', dim: '#656d76', red: '#cf222e', green: '#1a7f37', yellow: '#9a6700' },
  { name: 'dark', background: '#0d1117', text: '#e6edf3', dim: '#8b949e', red: '#ff7b72', green: '#3fb950', yellow: '#d29922' },
];

const column = 7.82;
const row = 19;
const margin = 16;

/** What a terminal would show, as a picture. @param output text with the sequences of src/report/render/colour.ts, and none else */
export function svg(output: string, theme: Theme): string {
  const lines = output.trimEnd().split('\n');
  const longest = Math.max(...lines.map((line) => line.replace(sequence, '').length));
  const [width, height] = [Math.ceil(longest * column + 2 * margin), lines.length * row + 2 * margin];
  const texts = lines.map((line, index) => `<text x="${margin}" y="${margin + (index + 0.75) * row}">${spans(line, theme)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(lines[0]?.replace(sequence, '') ?? '')}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="${theme.background}" stroke="${theme.dim}" stroke-opacity="0.3"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" xml:space="preserve" fill="${theme.text}">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const sequence = /\u001b\[(\d+)m/g;

function spans(line: string, theme: Theme): string {
  const parts = line.split(sequence);
  let bold = false;
  let fill = theme.text;
  let shown = '';
  let place = 0;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      const length = part.length * column;
      if (part !== '')
        shown += `<tspan x="${round(margin + place)}" textLength="${round(length)}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escaped(part)}</tspan>`;
      place += length;
      continue;
    }
    if (part === '1') bold = true;
    if (part === '22') bold = false;
    fill = { 2: theme.dim, 31: theme.red, 32: theme.green, 33: theme.yellow, 22: theme.text, 39: theme.text }[Number(part)] ?? fill;
  }
  return shown;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
