import { useSyncExternalStore } from 'react';

/**
 * Countdowns follow the server's clock: a phone that is a minute off must not promise a minute too much.
 * The Date header has whole seconds, so smaller differences are taken as none.
 */
let offset = 0;

export function noteServerDate(header: string | null, localNow: number = Date.now()): void {
  const server = header ? Date.parse(header) : NaN;
  if (Number.isNaN(server)) return;
  const difference = server + 500 - localNow;
  offset = Math.abs(difference) > 2000 ? difference : 0;
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (): number => Date.now() + offset;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((notify) => notify()), 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time now in milliseconds, rounded down to `step`; renders again only when that changes. */
export function useNow(step: number): number {
  return useSyncExternalStore(subscribe, () => Math.floor(serverNow() / step) * step);
}
