/** Acknowledges that were pressed without a connection, kept until they are sent. Shared by the page and the service worker. */

export interface Waiting {
  /** The Idempotency-Key that it is sent with. */
  id: string;
  incident: string;
  number: number;
  /** Who pressed it: nobody else's session may send it. */
  login: string;
  /** Milliseconds since 1970. */
  at: number;
}

export type Outcome =
  | { kind: 'sent' }
  /** Somebody else had it first. */
  | { kind: 'taken'; by: string }
  | { kind: 'resolved' }
  | { kind: 'refused'; why: string }
  /** Pressed so long ago that it is no answer to what is open now. */
  | { kind: 'old' }
  /** Still no connection, or somebody else is signed in. */
  | { kind: 'waiting' };

export interface Result {
  entry: Waiting;
  outcome: Outcome;
}

/** After this an acknowledge is not sent any more: the incident may long have rung for another reason. */
export const longestWait = 60 * 60_000;
const patience = 8_000;

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Sends one; whatever the server says is final, only its silence is not. */
export async function deliver(entry: Waiting, fetcher: Fetch, now: number): Promise<Outcome> {
  if (now - entry.at > longestWait) return { kind: 'old' };
  let answer: Response;
  try {
    answer = await fetcher(`/api/v1/incidents/${entry.incident}/acknowledge`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': entry.id },
      body: '{}',
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    return { kind: 'waiting' };
  }
  if (answer.status >= 500 || answer.status === 401 || answer.status === 429) return { kind: 'waiting' };
  if (answer.status === 409) return { kind: 'resolved' };
  if (!answer.ok) return { kind: 'refused', why: await titleOf(answer) };
  const incident = (await answer.json().catch(() => ({}))) as { acknowledgedBy?: string | null };
  return incident.acknowledgedBy && incident.acknowledgedBy !== entry.login ? { kind: 'taken', by: incident.acknowledgedBy } : { kind: 'sent' };
}

async function titleOf(answer: Response): Promise<string> {
  const problem = (await answer.json().catch(() => ({}))) as { title?: string };
  return problem.title ?? String(answer.status);
}

const database = 'incidents';
const store = 'outbox';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
    });
  } finally {
    db.close();
  }
}

export const keep = async (entry: Waiting): Promise<void> => void (await within('readwrite', (entries) => entries.put(entry)));

export const drop = async (id: string): Promise<void> => void (await within('readwrite', (entries) => entries.delete(id)));

export const all = (): Promise<Waiting[]> => within<Waiting[]>('readonly', (entries) => entries.getAll());

/** Sends what waits, for the person who is signed in; one page or worker at a time. What is settled is dropped and told. */
export async function flush(fetcher: Fetch, now: () => number): Promise<Result[]> {
  const run = async (): Promise<Result[]> => {
    const entries = await all();
    if (entries.length === 0) return [];
    const login = await whoAmI(fetcher);
    const results: Result[] = [];
    for (const entry of entries) {
      if (now() - entry.at <= longestWait && login !== entry.login) continue;
      const outcome = await deliver(entry, fetcher, now());
      if (outcome.kind === 'waiting') continue;
      await drop(entry.id);
      results.push({ entry, outcome });
    }
    return results;
  };
  return navigator.locks ? navigator.locks.request('incidents-outbox', { ifAvailable: true }, (lock) => (lock ? run() : [])) : run();
}

async function whoAmI(fetcher: Fetch): Promise<string | null> {
  try {
    const answer = await fetcher('/api/v1/me', { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(patience) });
    // An answer from the cache says who it was, not who it is.
    if (!answer.ok || answer.headers.has('x-incidents-as-of')) return null;
    return ((await answer.json()) as { login: string }).login;
  } catch {
    return null;
  }
}
