import { afterEach, describe, expect, it } from 'vitest';
import { ApiError, signInUrl } from '../src/api/client';
import { describe as describeEntry } from '../src/features/incident/describe';
import { noteServerDate, serverNow } from '../src/lib/clock';
import { byPool } from '../src/lib/duties';
import { initials } from '../src/lib/people';
import { snippets } from '../src/lib/snippets';

describe('the clock', () => {
  afterEach(() => noteServerDate(new Date().toUTCString()));

  it('follows a server that is far from the viewer', () => {
    const now = Date.now();
    noteServerDate(new Date(now + 60_000).toUTCString(), now);
    expect(Math.abs(serverNow() - Date.now() - 60_000)).toBeLessThan(1_100);
  });

  it('ignores what the header is too coarse for, and a missing one', () => {
    const now = Date.now();
    noteServerDate(new Date(now).toUTCString(), now);
    noteServerDate(null, now);
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(50);
  });
});

describe('an error of the API', () => {
  it('names the faulty fields first', () =>
    expect(new ApiError(422, { title: 'Invalid', errors: [{ path: 'title', message: 'is missing' }] }).message).toBe('title: is missing'));
  it('says that the server cannot be reached', () => expect(new ApiError(0, {}).message).toContain('cannot be reached'));
});

it('signing in comes back to the same page', () =>
  expect(signInUrl({ pathname: '/incidents/42', search: '?a=b' })).toBe('/signin?return=%2Fincidents%2F42%3Fa%3Db'));

describe('duties', () => {
  const duty = (pool: string, schedule: string, position: string) => ({
    pool, schedule, position, team: 't', people: [], from: '2026-11-21T10:00:00Z', until: null, why: { kind: 'gap', name: null },
  });

  it('stand by pool and schedule, primary first', () => {
    const pools = byPool([duty('B', 'kitchen', 'primary'), duty('A', 'payments', 'secondary'), duty('A', 'payments', 'primary'), duty('A', 'accounts', 'primary')]);
    expect(pools.map((p) => [p.pool, p.schedules.map((s) => `${s.schedule}:${s.duties.map((d) => d.position).join('+')}`)])).toEqual([
      ['A', ['accounts:primary', 'payments:primary+secondary']],
      ['B', ['kitchen:primary']],
    ]);
  });
});

describe('a timeline entry', () => {
  const entry = { at: '2026-11-21T10:00:00Z', actor: null, via: 'system', level: null, person: null, channel: null, attempt: null, text: null };

  it('says what the server says', () =>
    expect(describeEntry({ ...entry, kind: 'acknowledged', actor: 'ana', via: 'voice', text: 'ana acknowledged.' })).toMatchObject({ title: 'ana acknowledged.', extra: 'via phone', body: null }));
  it('quotes a note', () =>
    expect(describeEntry({ ...entry, kind: 'note', actor: 'ana', via: 'web', text: 'Restarted it.' })).toMatchObject({ title: 'ana wrote', body: 'Restarted it.' }));
  it('shows a kind that it does not know', () =>
    expect(describeEntry({ ...entry, kind: 'responderAdded', person: 'bruno' }).title).toBe('Responder added: bruno'));
});

it('initials are two capitals', () => expect(['ana', 'Ana Souza', 'jüri.kask', ''].map(initials)).toEqual(['AN', 'AS', 'JK', '?']));

describe('snippets', () => {
  const integration = { name: 'x', url: 'http://localhost/in', service: 'checkout', lastAlertAt: null };

  it('of an Alertmanager send resolved alerts too', () =>
    expect(snippets({ ...integration, kind: 'alertmanager' })[0]?.code).toContain('send_resolved: true'));
  it('of a generic source resolve under the same key', () => {
    const [fire, resolve] = snippets({ ...integration, kind: 'generic' }).map(({ code }) => JSON.parse(/-d '(.*)'/.exec(code)?.[1] ?? '{}') as Record<string, string>);
    expect(resolve).toMatchObject({ dedupKey: fire?.dedupKey, status: 'resolved' });
  });
});
