import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { refreshIncident, refreshLists } from './keys';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

function set(next: LiveState): void {
  if (next === state) return;
  state = next;
  listeners.forEach((notify) => notify());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLive = (): LiveState => useSyncExternalStore(subscribe, () => state);

/** A hidden tab gives its connection back after this long: browsers allow only six to one host. */
const hiddenGrace = 60_000;
/** The first event is answered at once, what follows it at most this often: a burst must not become a storm of requests. */
const pace = 500;
const retries = [1_000, 2_000, 5_000, 10_000, 15_000];

/** Keeps one event stream open and refetches what an event says has changed. Returns what stops it. */
export function startLive(client: QueryClient, url = '/api/v1/events'): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let flushedAt = 0;
  let lostBefore = false;
  const changed = new Set<number>();

  const flush = (): void => {
    gathering = undefined;
    flushedAt = Date.now();
    const numbers = [...changed];
    changed.clear();
    refreshLists(client);
    numbers.forEach((number) => refreshIncident(client, number));
  };

  const onIncident = (event: MessageEvent<string>): void => {
    try {
      changed.add((JSON.parse(event.data) as { number: number }).number);
    } catch {
      // An event of an unknown form still says that something changed; the lists are refetched.
    }
    gathering ??= setTimeout(flush, Math.max(0, flushedAt + pace - Date.now()));
  };

  const close = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(retry);
  };

  const open = (): void => {
    close();
    const current = new EventSource(url);
    source = current;
    current.addEventListener('open', () => {
      failures = 0;
      set('live');
      // Whatever happened while the line was down is fetched once; the browser resumes by Last-Event-ID only by itself.
      if (lostBefore) void client.invalidateQueries();
      lostBefore = false;
    });
    current.addEventListener('incident', onIncident);
    current.addEventListener('error', () => {
      if (source !== current) return;
      lostBefore = true;
      set('reconnecting');
      // The browser retries by itself unless the server refused; then we do.
      if (current.readyState !== EventSource.CLOSED) return;
      close();
      retry = setTimeout(open, retries[Math.min(failures++, retries.length - 1)]);
    });
  };

  const onVisibility = (): void => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        lostBefore = true;
        close();
        set('reconnecting');
      }, hiddenGrace);
    } else if (!source) {
      open();
    }
  };

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(hiding);
    clearTimeout(gathering);
    close();
  };
}
