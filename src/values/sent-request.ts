import { pluginProgram } from './plugin-name.ts';

/** A request that was sent to the API server or to a registry, as the log of requests tells of it (`-v=6`). */
export interface SentRequest {
  readonly method: string;
  /** Without a login, and of a registry's without its query. */
  readonly url: string;
  /** null: there was no answer. */
  readonly status: number | null;
  readonly milliseconds: number;
}

/** The channel (node:diagnostics_channel) on which they are told. Nobody listens unless asked to, and then telling costs nothing. */
export const sentRequests = `${pluginProgram}.sent-request`;
