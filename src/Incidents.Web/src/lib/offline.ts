import { useSyncExternalStore } from 'react';

/** Since when what is shown may be wrong, and which acknowledges wait for a connection. Small: every page asks. */
let asOf: string | null = null;
let waiting: ReadonlyMap<string, string> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Of every answer of the API: null, it is the server's; else the time of the kept one. */
export function noteAsOf(at: string | null): void {
  if (at === asOf || (at && asOf && at > asOf)) return; // the oldest that is shown counts
  asOf = at;
  listeners.forEach((notify) => notify());
}

/** By incident, the key under which its acknowledge waits. */
export function noteWaiting(next: ReadonlyMap<string, string>): void {
  waiting = next;
  listeners.forEach((notify) => notify());
}

export const useAsOf = (): string | null => useSyncExternalStore(subscribe, () => asOf);

export const useWaiting = (): ReadonlyMap<string, string> => useSyncExternalStore(subscribe, () => waiting);
