import { describe, expect, test, vi } from 'vitest';
import { deliver, longestWait, type Waiting } from '../src/worker/outbox';
import { routeOf } from '../src/worker/routes';

const origin = 'https://incidents.example.com';
const route = (path: string, { method = 'GET', navigation = false } = {}) => routeOf(method, new URL(path, origin), origin, navigation);

describe('what the worker does with a request', () => {
  test.each(['/', '/incidents/42', '/schedules/payments', '/integrations', '/apiary', '/account'])('%s is a page of the console', (path) => {
    expect(route(path, { navigation: true })).toBe('page');
  });

  test.each(['/a/token', '/signin', '/signin.css', '/signin?return=/', '/simulator', '/simulator/chat', '/api/v1/me', '/integrations/key/generic', '/metrics', '/openapi/v1.json', '/health/ready', '/callbacks/twilio/voice'])('%s is the server’s own page', (path) => {
    expect(route(path, { navigation: true })).toBe('leave');
  });

  test.each(['/api/v1/me', '/api/v1/incidents?status=open&limit=100', '/api/v1/incidents/42', '/api/v1/incidents/42/timeline', '/api/v1/people?limit=1000', '/api/v1/oncall'])('%s is kept', (path) => {
    expect(route(path)).toBe('kept');
  });

  test.each(['/api/v1/events', '/api/v1/audit', '/api/v1/keys', '/api/v1/config', '/api/v1/pay/me', '/api/v1/oncall?at=2026-11-22T10:00:00Z', '/api/v1/incidents?search=x', '/health/ready'])('%s is never kept', (path) => {
    expect(route(path)).toBe('leave');
  });

  test('files with their content in the name come from the cache', () => {
    expect(route('/assets/index-abc.js')).toBe('asset');
    expect(route('/scheme.js')).toBe('shell');
    expect(route('https://cdn.example.com/assets/x.js')).toBe('leave');
  });

  test('what was kept ends when the person does', () => {
    expect(route('/signout', { method: 'POST' })).toBe('forget');
    expect(route('/signin', { method: 'POST', navigation: true })).toBe('forget');
    expect(route('/api/v1/incidents/42/acknowledge', { method: 'POST' })).toBe('leave');
  });
});

describe('an acknowledge that waited', () => {
  const entry: Waiting = { id: 'key-1', incident: 'uuid', number: 42, login: 'ana', at: 1_000 };
  const answering = (status: number, body: object = {}) => vi.fn(async (_path: string, _init?: RequestInit) => new Response(JSON.stringify(body), { status }));

  test('is sent under its own key', async () => {
    const fetcher = answering(200, { acknowledgedBy: 'ana' });
    expect(await deliver(entry, fetcher, 2_000)).toEqual({ kind: 'sent' });
    expect(fetcher.mock.calls[0]?.[0]).toBe('/api/v1/incidents/uuid/acknowledge');
    expect((fetcher.mock.calls[0]?.[1]?.headers as Record<string, string>)['idempotency-key']).toBe('key-1');
  });

  test('tells who was first', async () => {
    expect(await deliver(entry, answering(200, { acknowledgedBy: 'bruno' }), 2_000)).toEqual({ kind: 'taken', by: 'bruno' });
  });

  test('tells that it was resolved', async () => {
    expect(await deliver(entry, answering(409), 2_000)).toEqual({ kind: 'resolved' });
  });

  test('tells why it was refused', async () => {
    expect(await deliver(entry, answering(403, { title: 'Not yours.' }), 2_000)).toEqual({ kind: 'refused', why: 'Not yours.' });
  });

  test.each([401, 429, 500, 502, 503])('goes on waiting after %i', async (status) => {
    expect(await deliver(entry, answering(status), 2_000)).toEqual({ kind: 'waiting' });
  });

  test('goes on waiting without an answer', async () => {
    expect(await deliver(entry, () => Promise.reject(new TypeError('no connection')), 2_000)).toEqual({ kind: 'waiting' });
  });

  test('is not sent an hour later', async () => {
    const fetcher = answering(200);
    expect(await deliver(entry, fetcher, 1_001 + longestWait)).toEqual({ kind: 'old' });
    expect(fetcher).not.toHaveBeenCalled();
  });
});
