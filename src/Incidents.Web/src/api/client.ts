import type { Problem } from './types';
import { noteServerDate } from '../lib/clock';
import { noteAsOf } from '../lib/offline';
import { text } from '../text/en';

/** An answer that is not a success. `status` 0 means that the server could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(describe(status, problem));
    this.name = 'ApiError';
  }
}

function describe(status: number, problem: Problem): string {
  const faults = problem.errors?.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join('; ');
  return faults || problem.detail || problem.title || (status === 0 ? text.errors.unreachable : text.errors.status(status));
}

/** Where the browser goes to sign in; comes back to the page it was on. */
export function signInUrl(location: { pathname: string; search: string }): string {
  return `/signin?return=${encodeURIComponent(location.pathname + location.search)}`;
}

async function readProblem(response: Response): Promise<Problem> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return {};
  try {
    return (await response.json()) as Problem;
  } catch {
    return {}; // a truncated body: the status still tells what happened
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (cause) {
    if (init.signal?.aborted && init.signal.reason?.name !== 'TimeoutError') throw cause;
    throw new ApiError(0, {});
  }
  const asOf = response.headers.get('x-incidents-as-of');
  noteAsOf(asOf);
  if (!asOf) noteServerDate(response.headers.get('date'));
  if (response.status === 401) {
    window.location.assign(signInUrl(window.location));
    await new Promise<never>(() => undefined); // the browser is leaving; nothing may render in between
  }
  return response;
}

export interface Answer<T> {
  data: T;
  /** What a later change sends as `If-Match`; null where the server gives none. */
  etag: string | null;
}

/** Like `get`, with the version of what was read. */
export async function getTagged<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  return { data: (await response.json()) as T, etag: response.headers.get('etag') };
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await getTagged<T>(path, signal)).data;

/** Health answers 503 with the same body, so a refusal with a body is data here. */
export async function getAnyStatus<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  if (!(response.headers.get('content-type') ?? '').includes('json')) throw new ApiError(response.status, {});
  return (await response.json()) as T;
}

export interface ChangeOptions {
  signal?: AbortSignal;
  /** Refuses with 412 when somebody else has changed it since; `*` as `ifNone`: only if there is none yet. */
  ifMatch?: string | null;
  ifNone?: '*';
}

export async function change<T>(method: string, path: string, body: unknown, { signal, ifMatch, ifNone }: ChangeOptions = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json' };
  if (ifMatch) headers['if-match'] = ifMatch;
  if (ifNone) headers['if-none-match'] = ifNone;
  const response = await send(path, { method, signal, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  const answer = await response.text();
  return { data: (answer ? JSON.parse(answer) : undefined) as T, etag: response.headers.get('etag') };
}

export const post = async <T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> => (await change<T>('POST', path, body, { signal })).data;

export const remove = async <T>(path: string): Promise<T> => (await change<T>('DELETE', path, undefined)).data;
