import type {
  Alert,
  Duty,
  FailedPage,
  Incident,
  Integration,
  Me,
  ParkedMessage,
  Severity,
  TimelineEntry,
  TimelineKind,
} from '../src/api/types';

/** The made-up organisation that development runs against, with a small escalation clock of its own. */

const minute = 60_000;
const hour = 60 * minute;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const ahead = (ms: number): string => new Date(Date.now() + ms).toISOString();

export const timelines = new Map<string, TimelineEntry[]>();
export const incidents: Incident[] = [];
let next = 128;

export const services: Record<string, { team: string; pool: string; people: string[]; timeout: number }> = {
  checkout: { team: 'payments', pool: 'A', people: ['ana', 'bruno', 'maarja'], timeout: 2 * minute },
  ledger: { team: 'payments', pool: 'A', people: ['ana', 'bruno', 'maarja'], timeout: 2 * minute },
  'order-board': { team: 'kitchen', pool: 'B', people: ['juri', 'tiina'], timeout: 5 * minute },
  reports: { team: 'kitchen', pool: 'C', people: ['juri', 'tiina'], timeout: 30 * minute },
};

export function entry(incident: Incident, kind: TimelineKind, part: Partial<TimelineEntry> = {}): void {
  const list = timelines.get(incident.id) ?? [];
  timelines.set(incident.id, list);
  const blank = { actor: null, via: 'system', level: null, person: null, channel: null, attempt: null, text: null };
  list.push({ ...blank, at: new Date().toISOString(), kind, ...part });
}

interface Opening {
  title: string;
  service: string;
  severity: Severity;
  openedAt?: string;
  alerts?: Alert[];
  part?: Partial<Incident>;
}

export function open({ title, service, severity, openedAt = new Date().toISOString(), alerts = [], part = {} }: Opening): Incident {
  const home = services[service] ?? { team: 'payments', pool: 'A', people: ['ana'], timeout: 2 * minute };
  const number = next++;
  const incident: Incident = {
    id: `0197a2c4-0000-7000-8000-${String(number).padStart(12, '0')}`,
    number,
    title,
    status: 'triggered',
    severity,
    urgency: severity === 'SEV4' ? 'low' : 'high',
    service,
    team: home.team,
    pool: home.pool,
    policy: home.pool === 'C' ? 'business' : 'default',
    openedAt,
    pagingStartsAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    mergedInto: null,
    level: 1,
    levels: home.pool === 'C' ? 2 : 6,
    passes: home.pool === 'C' ? 2 : 3,
    paged: part.level === 0 ? [] : [home.people[0] ?? 'ana'],
    runbook: `https://runbooks.example.com/${service}`,
    pass: 1,
    nextStepAt: new Date(Date.parse(openedAt) + home.timeout).toISOString(),
    alertCount: alerts.length,
    alerts,
    ...part,
  };
  incidents.unshift(incident);
  const first = home.people[0] ?? null;
  const at = (ms: number): string => new Date(Date.parse(openedAt) + ms).toISOString();
  entry(incident, 'opened', { at: at(0), actor: alerts[0]?.integration ?? 'ana', via: alerts[0] ? 'source' : 'web', text: `${severity} on ${service} (pool ${home.pool}) opened by ${alerts[0]?.integration ?? 'ana'}.` });
  if (incident.level) {
    entry(incident, 'levelStarted', { at: at(4), level: 1, text: `Level 1: paging ${first}.` });
    entry(incident, 'pageSent', { at: at(18), level: 1, person: first, channel: 'voice', attempt: 1, text: `Called ${first}.` });
  }
  return incident;
}

const alert = (alertname: string, service: string, severity: string, summary: string, extra: Partial<Alert> = {}): Alert => ({
  key: alertname.toLowerCase() + service,
  integration: 'prometheus',
  status: 'firing',
  labels: { alertname, service, severity, cluster: 'sa-east-1', namespace: 'prod' },
  annotations: {
    summary,
    description: 'The rate of failed requests has been above 5 % for two minutes.',
    runbook_url: `https://runbooks.example.com/${service}`,
  },
  startsAt: ago(3 * minute),
  endsAt: null,
  ...extra,
});

function seed(): void {
  open({
    title: 'Nightly report has not finished by 06:00',
    service: 'reports',
    severity: 'SEV4',
    openedAt: ago(26 * hour),
    part: { status: 'resolved', acknowledgedBy: 'tiina', acknowledgedAt: ago(25 * hour), resolvedBy: 'tiina', resolvedAt: ago(24 * hour), nextStepAt: null },
  });
  open({
    title: 'Card payments: p99 latency above 4 s',
    service: 'checkout',
    severity: 'SEV2',
    openedAt: ago(9 * hour),
    part: { status: 'resolved', acknowledgedBy: 'bruno', acknowledgedAt: ago(9 * hour - minute), resolvedAt: ago(8 * hour), nextStepAt: null },
  });
  open({
    title: 'Weekly export to the accountant failed',
    service: 'reports',
    severity: 'SEV3',
    openedAt: ago(47 * minute),
    alerts: [alert('ExportFailed', 'reports', 'warning', 'Weekly export to the accountant failed')],
    part: { level: 0, pagingStartsAt: ahead(9 * hour + 12 * minute), nextStepAt: ahead(9 * hour + 12 * minute) },
  });
  open({
    title: 'Disk of order-board-db-2 is 91 % full',
    service: 'order-board',
    severity: 'SEV3',
    openedAt: ago(3 * hour),
    alerts: [alert('DiskAlmostFull', 'order-board', 'warning', 'Disk of order-board-db-2 is 91 % full')],
    part: { status: 'snoozed', acknowledgedBy: 'juri', acknowledgedAt: ago(2.9 * hour), nextStepAt: ahead(52 * minute) },
  });
  const board = open({
    title: 'Kitchen screens in 14 restaurants show no new orders',
    service: 'order-board',
    severity: 'SEV2',
    openedAt: ago(21 * minute),
    alerts: [alert('OrderFeedStalled', 'order-board', 'critical', 'Kitchen screens in 14 restaurants show no new orders')],
    part: { status: 'acknowledged', acknowledgedBy: 'tiina', acknowledgedAt: ago(17 * minute), level: 2, paged: [], nextStepAt: ahead(43 * minute) },
  });
  entry(board, 'pageFailed', { at: ago(20.8 * minute), level: 1, person: 'juri', channel: 'voice', text: 'Could not call juri: the number does not exist (21211).' });
  entry(board, 'levelStarted', { at: ago(20.8 * minute), level: 2, text: 'Level 2: paging tiina.' });
  entry(board, 'pageSent', { at: ago(20.7 * minute), level: 2, person: 'tiina', channel: 'sms', attempt: 1, text: 'Sent tiina an SMS.' });
  entry(board, 'delivered', { at: ago(20.6 * minute), level: 2, person: 'tiina', channel: 'sms', attempt: 1, text: 'The SMS reached tiina.' });
  entry(board, 'acknowledged', { at: ago(17 * minute), actor: 'tiina', via: 'sms', text: 'tiina acknowledged.' });
  entry(board, 'note', { at: ago(12 * minute), actor: 'tiina', via: 'web', text: 'The consumer of the order feed restarts every 40 s since the 21:10 deploy. Rolling back.' });
  open({
    title: 'Ledger is 4 minutes behind the card processor',
    service: 'ledger',
    severity: 'SEV3',
    openedAt: ago(70_000),
    alerts: [alert('LedgerLag', 'ledger', 'warning', 'Ledger is 4 minutes behind the card processor')],
    part: { status: 'triage', level: 0, nextStepAt: ahead(50_000) },
  });
  const checkout = open({
    title: 'Checkout: 12 % of card payments fail in São Paulo',
    service: 'checkout',
    severity: 'SEV1',
    openedAt: ago(130_000),
    alerts: [
      alert('HighErrorRate', 'checkout', 'critical', 'Checkout: 12 % of card payments fail in São Paulo', {
        annotations: {
          summary: 'Checkout: 12 % of card payments fail in São Paulo',
          description: 'The rate of failed requests has been above 5 % for two minutes.',
          runbook_url: 'https://runbooks.example.com/checkout',
          dashboard: 'https://grafana.example.com/d/checkout',
        },
      }),
      alert('PodCrashLooping', 'checkout', 'critical', 'payments-gateway restarts again and again', { startsAt: ago(100_000) }),
    ],
    part: { level: 2, nextStepAt: ahead(72_000), paged: ['bruno', 'maarja'] },
  });
  entry(checkout, 'delivered', { at: ago(124_000), level: 1, person: 'ana', channel: 'voice', attempt: 1, text: 'The call to ana rang for 30 s; nobody pressed a key.' });
  entry(checkout, 'alertJoined', { at: ago(100_000), via: 'source', text: 'PodCrashLooping joined.' });
  entry(checkout, 'levelStarted', { at: ago(48_000), level: 2, text: 'Level 2: paging bruno, maarja.' });
  entry(checkout, 'pageSent', { at: ago(47_900), level: 2, person: 'bruno', channel: 'voice', attempt: 2, text: 'Called bruno.' });
  entry(checkout, 'pageSent', { at: ago(47_800), level: 2, person: 'maarja', channel: 'sms', attempt: 3, text: 'Sent maarja an SMS.' });
  entry(checkout, 'delivered', { at: ago(46_000), level: 2, person: 'maarja', channel: 'sms', attempt: 3, text: 'The SMS reached maarja.' });
}
seed();

export const people = [
  ['ana', 'Ana Souza'],
  ['bruno', 'Bruno Lima'],
  ['maarja', 'Maarja Tamm'],
  ['juri', 'Jüri Kask'],
  ['tiina', 'Tiina Saar'],
  ['lena', 'Lena Petrova'],
].map(([login, name]) => ({ login, name }));

export const policies = [
  { name: 'default', levels: [{}, {}, {}, {}, {}, {}], repeat: 2 },
  { name: 'business', levels: [{}, {}], repeat: 1 },
];

export const me: Me = { login: 'ana', name: 'Ana Souza', role: 'admin', via: 'demo', simulator: true };

export const failed: FailedPage[] = incidents
  .filter((incident) => incident.service === 'order-board' && incident.status === 'acknowledged')
  .map(({ id, number, title }) => ({ incident: { id, number, title }, person: 'juri', channel: 'voice', reason: 'invalidNumber', at: ago(20.8 * minute) }));

export const parked: ParkedMessage[] = [
  {
    id: '0197a2c4-1111-7000-8000-000000000001',
    endpoint: 'paging-notices',
    type: 'TellResponders',
    failures: 10,
    lastError: 'Slack answered channel_not_found for #kitchen-alerts',
    parkedAt: ago(11 * minute),
    nextTryAt: ahead(4 * minute),
    body: '{"incident":132,"channel":"#kitchen-alerts","reason":"acknowledged","by":"tiina"}',
  },
];

const duty = (schedule: string, team: string, pool: string, position: string, people: string[], kind: string, name: string | null, until: number): Duty => ({
  schedule, team, pool, position, people, from: ago(20 * hour), until: ahead(until), why: { kind, name },
});

export const duties: Duty[] = [
  duty('payments', 'payments', 'A', 'primary', ['ana'], 'override', 'family', 15 * hour),
  duty('payments', 'payments', 'A', 'secondary', ['bruno'], 'layer', 'shadow', 39 * hour),
  duty('accounts', 'payments', 'A', 'primary', [], 'gap', null, 6 * hour),
  duty('kitchen', 'kitchen', 'B', 'primary', ['juri'], 'layer', 'daily', 9.4 * hour),
  duty('first-line', 'support', 'B', 'primary', ['lena'], 'layer', 'desk', 90 * minute),
];

export const integrations: Integration[] = [
  { name: 'prometheus', kind: 'alertmanager', url: 'http://127.0.0.1:8080/api/v1/integrations/demo-prometheus-key/alertmanager', service: 'checkout', lastAlertAt: ago(100_000) },
  { name: 'scripts', kind: 'generic', url: 'http://127.0.0.1:8080/api/v1/integrations/demo-generic-key/generic', service: 'checkout', lastAlertAt: null },
];

/** Moves every due incident one step on; returns those that changed. */
export function tick(): Incident[] {
  const changed: Incident[] = [];
  for (const incident of incidents) {
    if (incident.status === 'resolved' || !incident.nextStepAt || Date.parse(incident.nextStepAt) > Date.now()) continue;
    const home = services[incident.service] ?? services.checkout;
    if (!home) continue;
    if (incident.status === 'acknowledged') entry(incident, 'unacknowledged', { text: `No activity since ${incident.acknowledgedBy} acknowledged: paging starts again.` });
    incident.status = 'triggered';
    incident.level = (incident.level ?? 0) + 1;
    incident.nextStepAt = ahead(home.timeout);
    incident.pagingStartsAt = null;
    const person = home.people[(incident.level - 1) % home.people.length] ?? 'ana';
    entry(incident, 'levelStarted', { level: incident.level, text: `Level ${incident.level}: paging ${person}.` });
    entry(incident, 'pageSent', { level: incident.level, person, channel: 'voice', attempt: incident.level, text: `Called ${person}.` });
    incident.paged = [person];
    changed.push(incident);
  }
  return changed;
}
