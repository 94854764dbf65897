/** What the service worker does with a request. Pure, so that it can be told without a browser. */
export type Route =
  /** A page of the console: from the server, else the shell that was kept. */
  | 'page'
  /** A file whose name changes with its content: from the cache, else the server. */
  | 'asset'
  /** A small file of the shell: from the server, else the cache. */
  | 'shell'
  /** An answer that may be shown when the server cannot be reached, marked with its time. */
  | 'kept'
  /** Ends what is kept: whoever comes next is to see nothing of it. */
  | 'forget'
  /** None of its business. */
  | 'leave';

/** Pages that the server itself writes; they work without scripts and must never be replaced by the shell. */
const serverPages = /^\/(?:a|api|callbacks|health|metrics|openapi|signin|signout|simulator)(?:[/.]|$)|^\/integrations\/./;

/** What somebody who was paged needs: the board, the incidents that they opened, who is who. Nothing else is kept. */
const keptAnswers = [/^\/api\/v1\/me$/, /^\/api\/v1\/incidents$/, /^\/api\/v1\/incidents\/\d+$/, /^\/api\/v1\/incidents\/\d+\/timeline$/, /^\/api\/v1\/people$/, /^\/api\/v1\/services$/, /^\/api\/v1\/oncall$/];

export const shellFiles = ['/', '/scheme.js', '/favicon.svg', '/manifest.webmanifest'];

export function routeOf(method: string, url: URL, origin: string, navigation: boolean): Route {
  if (url.origin !== origin) return 'leave';
  if (method === 'POST' ? /^\/sign(?:in|out)(?:\/|$)/.test(url.pathname) : url.pathname === '/signin/oidc/callback') return 'forget';
  if (method !== 'GET') return 'leave';
  if (navigation) return serverPages.test(url.pathname) ? 'leave' : 'page';
  if (url.pathname.startsWith('/assets/')) return 'asset';
  if (shellFiles.includes(url.pathname) && url.pathname !== '/') return 'shell';
  // At a given instant, or by a search: that is not what is shown when nothing else can be had.
  if (keptAnswers.some((path) => path.test(url.pathname)) && !url.searchParams.has('at') && !url.searchParams.has('search')) return 'kept';
  return 'leave';
}

/** An answer of something before the server that could not reach it counts as no answer. */
export const isAway = (status: number): boolean => status === 502 || status === 504;

/** The header that an answer from the cache carries: since when it may be wrong. */
export const asOfHeader = 'x-incidents-as-of';
