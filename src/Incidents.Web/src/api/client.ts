import type { Problem } from './types';
import { noteServerDate } from '../lib/clock';
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
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, {});
  }
  noteServerDate(response.headers.get('date'));
  if (response.status === 401) {
    window.location.assign(signInUrl(window.location));
    await new Promise<never>(() => undefined); // the browser is leaving; nothing may render in between
  }
  return response;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  return (await response.json()) as T;
}

/** Health answers 503 with the same body, so a refusal with a body is data here. */
export async function getAnyStatus<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  if (!(response.headers.get('content-type') ?? '').includes('json')) throw new ApiError(response.status, {});
  return (await response.json()) as T;
}

async function change<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await send(path, {
    method,
    signal,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new ApiError(response.status, await readProblem(response));
  const answer = await response.text();
  return (answer ? JSON.parse(answer) : undefined) as T;
}

export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> => change<T>('POST', path, body, signal);

export const put = <T>(path: string, body: unknown = {}): Promise<T> => change<T>('PUT', path, body);

export const remove = <T>(path: string): Promise<T> => change<T>('DELETE', path, undefined);
