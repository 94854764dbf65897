import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { refreshIncident, refreshLists } from '../api/keys';
import type { Incident, Person } from '../api/types';
import { noteWaiting } from '../lib/offline';
import { offlineText as t } from '../text/offline';
import { toastDone, toastError } from '../ui/toast';
import { all, drop, flush, keep, type Result, type Waiting } from '../worker/outbox';

/** Everything about being without a connection that no first page needs: loaded when the page has nothing else to do. */

const again = 4_000;
const lookForVersion = 60 * 60_000;

let client: QueryClient | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

async function show(): Promise<void> {
  const entries = await all();
  noteWaiting(new Map(entries.map(({ incident, id }) => [incident, id])));
  if (entries.length > 0) timer ??= setInterval(() => void send(), again);
  else {
    clearInterval(timer);
    timer = undefined;
  }
}

function tell({ entry: { number }, outcome }: Result): void {
  const name = (login: string): string => client?.getQueryData<Person[]>(['people'])?.find((person) => person.login === login)?.name ?? login;
  if (outcome.kind === 'sent') toastDone(t.sent(number));
  else if (outcome.kind === 'taken') toastDone(t.taken(number, name(outcome.by)));
  else if (outcome.kind === 'resolved') toastDone(t.resolved(number));
  else if (outcome.kind === 'refused') toastError(`${t.refused(number)}: ${outcome.why}`);
  else if (outcome.kind === 'old') toastError(`${t.old(number)}. ${t.oldHint}`);
  if (client) {
    refreshLists(client);
    refreshIncident(client, number);
  }
}

async function settle(results: Result[]): Promise<void> {
  await show();
  results.forEach(tell);
}

/** Sends what waits; told by the first connection, and tried again while something does. */
const send = async (): Promise<void> => settle(await flush((path, init) => fetch(path, init), () => Date.now()));

/** Keeps an acknowledge that could not be sent. */
export async function keepAcknowledge(incident: Pick<Incident, 'id' | 'number'>, login: string): Promise<void> {
  const entry: Waiting = { id: crypto.randomUUID(), incident: incident.id, number: incident.number, login, at: Date.now() };
  try {
    await keep(entry);
  } catch {
    toastError(t.failed);
    return;
  }
  await show();
  toastDone(t.kept(incident.number), t.keptHint, `outbox-${entry.id}`);
  try {
    // Where the browser knows how: it wakes the worker when the connection is back, also with the page closed.
    const registration = (await navigator.serviceWorker?.getRegistration()) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
    await registration?.sync?.register('outbox');
  } catch {
    // the page itself goes on trying
  }
}

export async function withdraw(id: string, number: number): Promise<void> {
  await drop(id);
  await show();
  toastDone(t.withdrawn(number));
}

export function start(queries: QueryClient): void {
  client = queries;
  show().then(send, () => undefined); // no storage: then nothing waits there
  window.addEventListener('online', () => void send());
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', (event: MessageEvent<{ outbox?: Result[] }>) => {
    if (event.data?.outbox) void settle(event.data.outbox);
  });
  const before = serviceWorker.controller;
  serviceWorker.addEventListener('controllerchange', () => {
    if (before) announce();
    // The first time: what was read before the worker was there is read once more, so that it is kept.
    else void queries.refetchQueries({ type: 'active' });
  });
  serviceWorker.register('/sw.js').then(
    // A board on a wall is never navigated: it looks by itself.
    (registration) => setInterval(() => void registration.update().catch(() => undefined), lookForVersion),
    () => undefined, // not allowed here, such as over plain http: the console works without it
  );
}

/** Told, not done: somebody may be writing. The page that is open goes on working with what it has. */
function announce(): void {
  notifications.show({
    id: 'new-version',
    title: t.version,
    message: (
      <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
        {t.reload}
      </Button>
    ),
    withBorder: true,
    autoClose: false,
  });
}
