import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import type { Incident } from '../src/api/types';
import { json, read } from './http.ts';
import { meCall } from './me.ts';
import { scheduleCall } from './scheduleCalls.ts';
import { duties, entry, failed, incidents, integrations, me, open, parked, people, policies, services, tick, timelines } from './state.ts';

/** What the real server sends with every page; here too, so that a breach shows during development. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'";

const streams = new Set<ServerResponse>();
let eventId = 0;

function announce(incident: Incident): void {
  const event = `id: ${++eventId}\nevent: incident\ndata: ${JSON.stringify({ id: incident.id, number: incident.number })}\n\n`;
  streams.forEach((stream) => stream.write(event));
}

const summary = (incident: Incident): Incident => ({ ...incident, alerts: undefined });

function list(url: URL): { items: Incident[]; nextCursor: null } {
  const statuses = url.searchParams.get('status')?.split(',');
  const service = url.searchParams.get('service');
  const pool = url.searchParams.get('pool');
  const items = incidents.filter(
    (incident) =>
      (!statuses || statuses.includes(incident.status)) && (!service || incident.service === service) && (!pool || incident.pool === pool),
  );
  return { items: items.map(summary), nextCursor: null };
}

function act(incident: Incident, action: string, body: Record<string, string>): void {
  const by = (what: string) => ({ actor: me.login, via: 'web', text: `${me.login} ${what}. ${body.note ?? ''}`.trim() });
  const now = new Date().toISOString();
  switch (action) {
    case 'acknowledge':
      Object.assign(incident, { status: 'acknowledged', acknowledgedBy: me.login, acknowledgedAt: now, paged: [], nextStepAt: new Date(Date.now() + 30 * 60_000).toISOString() });
      return entry(incident, 'acknowledged', by('acknowledged'));
    case 'resolve':
      Object.assign(incident, { status: 'resolved', resolvedBy: me.login, resolvedAt: now, paged: [], nextStepAt: null });
      return entry(incident, 'resolved', by('resolved'));
    case 'escalate':
      entry(incident, 'escalated', by('calls the next level'));
      Object.assign(incident, { status: 'triggered', nextStepAt: now });
      tick();
      return;
    case 'snooze':
      Object.assign(incident, { status: 'snoozed', acknowledgedBy: incident.acknowledgedBy ?? me.login, paged: [], nextStepAt: body.until });
      return entry(incident, 'snoozed', by(`snoozed until ${body.until}`));
    default:
      return entry(incident, 'note', { actor: me.login, via: 'web', text: body.note });
  }
}

async function incidentCall(request: IncomingMessage, response: ServerResponse, id: string, verb: string | undefined): Promise<void> {
  const incident = incidents.find((candidate) => candidate.id === id || String(candidate.number) === id);
  if (!incident) return json(response, 404, { title: 'Not found', detail: `There is no incident ${id}.` });
  if (!verb) return json(response, 200, incident);
  if (verb === 'timeline') return json(response, 200, { items: timelines.get(incident.id) ?? [] });
  const body = await read(request);
  if (incident.status === 'resolved' && verb !== 'notes')
    return json(response, 409, { title: 'Conflict', detail: `#${incident.number} is resolved already.` });
  act(incident, verb, body);
  announce(incident);
  json(response, 200, summary(incident));
}

async function create(request: IncomingMessage, response: ServerResponse, test: boolean): Promise<void> {
  const body = await read(request);
  const incident = open({
    title: test ? 'Test alert: everything is fine' : (body.title ?? ''),
    service: body.service ?? 'checkout',
    severity: (body.severity ?? 'SEV3') as Incident['severity'],
    part: { details: body.details },
  });
  announce(incident);
  if (test) json(response, 202, { accepted: 1, ids: [incident.id] });
  else json(response, 201, incident);
}

function events(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  streams.add(response);
  request.on('close', () => streams.delete(response));
}

const health = {
  status: 'degraded',
  checks: [
    { name: 'database', status: 'ok', detail: 'SQLite, 4 ms' },
    { name: 'bus', status: 'degraded', detail: 'RabbitMQ cannot be reached since 22:41; due work is handed over in-process' },
    { name: 'sweeper', status: 'ok', detail: '12 ms behind' },
    { name: 'paging', status: 'ok', detail: 'simulator' },
  ],
};

const handle: Connect.NextHandleFunction = (request, response, next) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, area, , place, id, verb] = url.pathname.split('/');
  if (!url.pathname.startsWith('/@') && request.headers.accept?.includes('text/html') && process.env.MOCK_CSP)
    response.setHeader('content-security-policy', policy);
  if (url.pathname === '/health/ready') return json(response, 200, health);
  if (area !== 'api') return next();
  const post = request.method === 'POST';
  if (meCall(request, response, url) || scheduleCall(request, response, url)) return;
  if (place === 'events') return events(request, response);
  if (place === 'me') return json(response, 200, me);
  if (place === 'test-alert') return void create(request, response, true);
  if (place === 'incidents' && !id) return post ? void create(request, response, false) : json(response, 200, process.env.MOCK_EMPTY ? { items: [] } : list(url));
  if (place === 'incidents' && id) return void incidentCall(request, response, decodeURIComponent(id), verb);
  if (place === 'pages') return json(response, 200, { items: process.env.MOCK_EMPTY ? [] : failed });
  if (place === 'messages' && post) {
    parked.splice(parked.findIndex((message) => message.id === id), 1);
    return json(response, 200, {});
  }
  if (place === 'messages') return json(response, 200, { items: process.env.MOCK_EMPTY ? [] : parked });
  if (place === 'oncall') return json(response, 200, { items: duties });
  if (place === 'people') return json(response, 200, { items: people });
  if (place === 'policies') return json(response, 200, { items: policies });
  if (place === 'services') return json(response, 200, { items: Object.entries(services).map(([name, { pool, team }]) => ({ name, pool, team })) });
  if (place === 'integrations') return json(response, 200, { items: integrations });
  return json(response, 404, { title: 'Not found' });
};

/** Answers the API from memory, for work on the console without a server. `MOCK_EMPTY=1` shows the empty states. */
export function mockApi(): Plugin {
  const start = (middlewares: Connect.Server): void => {
    middlewares.use(handle);
    setInterval(() => tick().forEach(announce), 500).unref();
  };
  return {
    name: 'incidents-mock-api',
    configureServer: (server) => start(server.middlewares),
    configurePreviewServer: (server) => start(server.middlewares),
  };
}
