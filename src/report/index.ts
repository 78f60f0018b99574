export { type CauseTitles, makeReport, type ReportOptions } from './make-report.ts';
export { chooseColour } from './render/colour.ts';
export { render, renderers } from './render/index.ts';
export type { Format, Renderer, RenderOptions } from './render/options.ts';
