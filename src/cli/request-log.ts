import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { STATUS_CODES } from 'node:http';
import { escapeText } from '../report/escape.ts';
import { type SentRequest, sentRequests } from '../values/sent-request.ts';
import type { Io } from './io.ts';

/** klog pads the process id to so many characters (klog: internal/buffer FormatHeader). */
const idWidth = 7;
/** Takes away what may be shown in the line of a terminal. */
const clearLine = '\r\u001b[2K';

/**
 * Writes a line on standard error for each request to the API server and to registries, as kubectl's `-v=6` does (client-go 1.33 and later:
 * transport/round_trippers.go): no headers, no bodies.
 * @returns what ends that
 */
export function logRequests({ stderr, now }: Io, processId = process.pid): () => void {
  const listener = (message: unknown) =>
    stderr.write(`${stderr.isTTY ? clearLine : ''}${klogHeader(now(), processId)} ${words(message as SentRequest)}\n`);
  subscribe(sentRequests, listener);
  return () => void unsubscribe(sentRequests, listener);
}

function words({ method, url, status, milliseconds }: SentRequest): string {
  const statusText = status === null ? '' : `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return `"Response" verb=${JSON.stringify(method)} url=${JSON.stringify(escapeText(url))} status="${statusText}" milliseconds=${Math.floor(milliseconds)}`;
}

/** `I1121 18:07:08.076000    5696 request-log.ts:1]`, in local time. */
function klogHeader(at: Date, processId: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const microseconds = `${String(at.getMilliseconds()).padStart(3, '0')}000`;
  return `I${day} ${time}.${microseconds} ${String(processId).padStart(idWidth)} request-log.ts:1]`;
}
