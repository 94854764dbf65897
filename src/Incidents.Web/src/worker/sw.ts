import { flush } from './outbox';
import { asOfHeader, isAway, routeOf, shellFiles } from './routes';

declare const self: ServiceWorkerGlobalScope;
/** Files of this build: those that the first pages need, and all of them. Filled in by the build. */
declare const __SHELL__: string[];
declare const __FILES__: string[];

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

const shell = 'shell';
const assets = 'assets';
const answers = 'answers';
/** How many answers are kept; the oldest go first. */
const mostAnswers = 80;
/** So long an answer may take before the one that was kept is shown in its place. */
const patience = 5_000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    Promise.all([
      caches.open(shell).then((cache) => cache.addAll(shellFiles.map((path) => new Request(path, { cache: 'reload' })))),
      caches.open(assets).then((cache) => addMissing(cache, __SHELL__)),
    ]).then(() => self.skipWaiting()),
  );
});

async function addMissing(cache: Cache, paths: string[]): Promise<void> {
  const there = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll(paths.filter((path) => !there.has(path)));
}

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // Files of builds before are of no use to any page that is loaded from now on.
      const cache = await caches.open(assets);
      const known = new Set(__FILES__);
      for (const request of await cache.keys()) if (!known.has(new URL(request.url).pathname)) await cache.delete(request);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const route = routeOf(request.method, new URL(request.url), self.location.origin, request.mode === 'navigate');
  if (route === 'page') event.respondWith(page(request));
  else if (route === 'asset') event.respondWith(asset(request));
  else if (route === 'shell') event.respondWith(fetch(request).catch(() => fromCache(shell, request)));
  else if (route === 'kept') event.respondWith(answer(request));
  else if (route === 'forget') event.waitUntil(caches.delete(answers));
});

async function fromCache(name: string, request: Request | string): Promise<Response> {
  return (await (await caches.open(name)).match(request)) ?? Response.error();
}

/** The server's page whenever it can be had, so that a new version is never missed; the kept one only without it. */
async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (!isAway(response.status)) {
      if (response.ok && response.headers.get('content-type')?.startsWith('text/html')) await (await caches.open(shell)).put('/', response.clone());
      return response;
    }
  } catch {
    // no connection
  }
  return fromCache(shell, '/');
}

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(assets);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/** The server's answer, kept for later; without it, or when it takes too long, what was kept, with its time. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(answers);
  const live = fetch(request).then(async (response) => {
    if (isAway(response.status)) throw new Error('away');
    if (response.status === 401) await caches.delete(answers);
    else if (response.ok) await remember(cache, request, response.clone());
    return response;
  });
  const kept = await cache.match(request);
  if (!kept) return live.catch(() => Response.error());
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patience));
  return Promise.race([live.catch(() => kept), late]);
}

async function remember(cache: Cache, request: Request, response: Response): Promise<void> {
  const headers = new Headers(response.headers);
  headers.set(asOfHeader, new Date().toISOString());
  headers.delete('content-encoding');
  const body = await response.blob();
  await cache.delete(request); // put again it is the newest
  await cache.put(request, new Response(body, { status: response.status, headers }));
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - mostAnswers))) await cache.delete(old);
}

/** The connection came back while no page was open, or while its timers slept. */
self.addEventListener('sync', ((event: SyncEvent) => {
  if (event.tag !== 'outbox') return;
  event.waitUntil(
    (async () => {
      const results = await flush((path, init) => fetch(path, init), () => Date.now());
      for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage({ outbox: results });
    })(),
  );
}) as EventListener);
