import { ApiError, change } from '../../api/client';
import { type Document, type Plural, putDocument } from '../../api/organisation';
import { calendarName, calendarOf, policies, type PoolName, pools } from '../../lib/welcome';

/** Makes a thing unless one of its name is there: then it stays as it is, so that a step can be taken twice. */
export async function ensure(plural: Plural, name: string, body: Document): Promise<void> {
  try {
    await putDocument(plural, name, body, null);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 412)) throw error;
  }
}

/** Calendar, policies, pools, team and the service itself: each is a change of its own, in the order in which one names the other. */
export async function makeService(name: string, pool: PoolName, team: string, login: string | null, zone: string): Promise<void> {
  await ensure('calendars', calendarName, calendarOf(zone));
  for (const [policy, body] of Object.entries(policies)) await ensure('policies', policy, body);
  for (const [one, body] of Object.entries(pools)) await ensure('pools', one, body);
  await ensure('teams', team, { calendar: calendarName, ...(login ? { lead: login, members: [login] } : {}) });
  await putDocument('services', name, { team, pool }, null);
}

/** A key of the new person's, and with it their session in this browser. */
export async function makeKey(login: string, name: string): Promise<string> {
  return (await change<{ key: string }>('POST', '/api/v1/keys', { name, person: login })).data.key;
}

export async function signInWith(key: string): Promise<void> {
  const answer = await fetch('/signin', { method: 'POST', credentials: 'same-origin', body: new URLSearchParams({ key, return: '/welcome' }) });
  if (!answer.ok) throw new ApiError(answer.status, {});
  window.location.assign('/welcome');
  await new Promise<never>(() => undefined); // the page begins anew, as somebody else
}
