import { ApiError } from './cluster.ts';

/** apimachinery: pkg/api/errors/errors.go NewGenericServerResponse, for answers that are no Status: of proxies, mostly. */
const generic: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', 'the server does not allow access to the requested resource'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  406: ['NotAcceptable', 'the server was unable to respond with a content type that the client supports'],
  409: ['Conflict', 'the server reported a conflict'],
  413: ['RequestEntityTooLarge', 'the request is too large'],
  415: ['UnsupportedMediaType', 'the body of the request was in an unknown format'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'an error on the server has prevented the request from succeeding'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted, but may still be processing the request'],
};

interface Status {
  readonly kind?: unknown;
  readonly code?: unknown;
  readonly reason?: unknown;
  readonly message?: unknown;
  readonly metadata?: { readonly continue?: unknown } | null;
}

/** The failure that an HTTP answer stands for. */
export function apiErrorOf(httpStatus: number, body: string): ApiError {
  const status = parseStatus(body);
  if (status) return apiErrorOfStatus(status, httpStatus);
  if (httpStatus >= 300 && httpStatus < 400) {
    return new ApiError(httpStatus, null, `the server responded with a redirect (status code ${httpStatus}), which is not followed`);
  }
  const [reason, message] = generic[httpStatus] ?? [
    null,
    `the server responded with the status code ${httpStatus} but did not return more information`,
  ];
  return new ApiError(httpStatus, reason, message);
}

/** The ApiError of a Status object, as in the body of a failure or an ERROR line of a watch. */
export function apiErrorOfStatus(status: Status, fallbackCode: number): ApiError {
  const code = typeof status.code === 'number' ? status.code : fallbackCode;
  const reason = typeof status.reason === 'string' && status.reason !== '' ? status.reason : null;
  const message = typeof status.message === 'string' && status.message !== '' ? status.message : (reason ?? 'unknown');
  const token = status.metadata?.continue;
  return new ApiError(code, reason, message, typeof token === 'string' && token !== '' ? token : null);
}

function parseStatus(body: string): Status | null {
  try {
    const value = JSON.parse(body) as Status | null;
    return value?.kind === 'Status' ? value : null;
  } catch {
    return null;
  }
}
