import type { Document } from '../api/organisation';

/** The first-run guide: what it makes, with defaults that let one click through. All of it pure; the organisation's answers say how far one is. */

export const steps = ['you', 'service', 'schedule', 'source', 'ring'] as const;
export type Step = (typeof steps)[number];

/** What the guide made, as far as this browser remembers. */
export interface Made {
  login?: string;
  service?: string;
  integration?: string;
  /** Number of the incident that the first alert opened. */
  incident?: number;
  /** Milliseconds of this browser's clock. */
  startedAt?: number;
}

/** What there is, as the API lists it. */
export interface There {
  people: { login: string; role?: string; contacts?: unknown[] | null }[];
  services: { name: string; schedule: string | null }[];
  integrations: { name: string; service: string | null }[];
}

export interface Standing {
  login: string | null;
  service: string | null;
  schedule: string | null;
  integration: string | null;
  done: Record<Step, boolean>;
}

/** How far the guide is: what it made counts first, else what somebody made without it. */
export function standing(there: There, made: Made, acknowledged: boolean): Standing {
  const login = (there.people.find((one) => one.login === made.login) ?? there.people.find((one) => one.role === 'admin' && !!one.contacts?.length))?.login ?? null;
  const service = there.services.find((one) => one.name === made.service) ?? there.services.find((one) => one.schedule) ?? there.services[0];
  const integration = (there.integrations.find((one) => one.name === made.integration) ?? there.integrations.find((one) => one.service === service?.name) ?? there.integrations[0])?.name ?? null;
  return {
    login,
    service: service?.name ?? null,
    schedule: service?.schedule ?? null,
    integration,
    done: { you: !!login, service: !!service, schedule: !!service?.schedule, source: !!integration, ring: acknowledged },
  };
}

/** The first step that is not done; the last one once everything is. */
export const nextStepOf = ({ done }: Standing): Step => steps.find((step) => !done[step]) ?? 'ring';

/** "Ana Maria Souza" → "ana-maria-souza": a login or a name that the API takes; letters beyond ASCII lose what they carry. */
export function slug(name: string): string {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
}

/** A name that is not taken: "prometheus", "prometheus-2", … */
export function free(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`;
}

export interface You {
  name: string;
  phone: string;
  email: string;
  zone: string;
  language: string;
}

/** Somebody who is called at once and gets a text if that did not help. */
export function personOf({ name, phone, email, zone, language }: You): Document {
  return {
    name,
    ...(email ? { email } : {}),
    zone,
    language,
    role: 'admin',
    contacts: [{ name: 'mobile', kind: 'voice', address: phone }, { name: 'text', kind: 'sms', address: phone }, ...(email ? [{ name: 'mail', kind: 'email', address: email }] : [])],
    notify: { high: [{ contact: 'mobile' }, { contact: 'text', after: '1m' }, ...(email ? [{ contact: 'mail', after: '2m' }] : [])] },
  };
}

export const calendarName = 'office';

export const calendarOf = (zone: string): Document => ({
  zone,
  businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' },
  night: { from: '22:00', to: '06:00' },
  holidays: [],
});

const own = (position: 'primary' | 'secondary'): object => ({ schedule: 'own', position });
const level = (...page: object[]): object => ({ page, timeout: 'pool' });

/** Whom a pool pages, in order; both end in something that pages until somebody answers. */
export const policies: Record<'default' | 'business', Document> = {
  default: {
    levels: [level(own('primary')), level(own('secondary')), level({ schedules: 'dependencies' }), level({ schedules: 'same-pool' }), level({ schedules: 'other-always-pools' }), level({ lead: 'own-team' })],
    repeat: 2,
    lastResort: { page: [{ roster: 'own' }], every: 'pool' },
  },
  business: { levels: [level(own('primary')), level(own('secondary'), { lead: 'own-team' })], repeat: 1, lastResort: { page: [{ lead: 'own-team' }], every: 'pool' } },
};

const roster = { single: 8, perSite: 6, apart: '5h', breach: 'warn' };

/** The three usual classes of what may break. */
export const pools: Record<'A' | 'B' | 'C', Document> = {
  A: { rank: 1, mtta: '5m', levelTimeout: '2m', slo: 99.99, coverage: 'always', policy: 'default', firstLineDeadline: '2m', acknowledgeTtl: '30m', limits: { roster, eventsPerShift: 2 } },
  B: { rank: 2, mtta: '15m', levelTimeout: '5m', slo: 99.9, coverage: 'always', policy: 'default', firstLineDeadline: '5m', acknowledgeTtl: '1h', limits: { roster, eventsPerShift: 2 } },
  C: { rank: 3, mtta: '30m', slo: 99.5, coverage: 'business-hours', policy: 'business', firstLineDeadline: '30m', limits: { roster: { breach: 'ignore' } } },
};

export type PoolName = keyof typeof pools;

const two = (value: number): string => String(value).padStart(2, '0');

/** The Monday of this week at an hour, on the viewer's own wall clock: whoever is first is on call already. */
export function weekStart(now: Date, time: string): string {
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) - (now.getDay() === 1 && `${two(now.getHours())}:${two(now.getMinutes())}` < time ? 7 : 0));
  return `${monday.getFullYear()}-${two(monday.getMonth() + 1)}-${two(monday.getDate())}T${time}`;
}

export function scheduleOf(pool: string, team: string | null, zone: string, login: string, turn: '1d' | '1w', time: string, now: Date): Document {
  return { ...(team ? { team } : {}), pool, zone, layers: [{ name: turn === '1w' ? 'weekly' : 'daily', position: 'primary', start: weekStart(now, time), turn, slots: [[login]] }] };
}

export type SourceKind = 'alertmanager' | 'grafana' | 'generic';

export const sourceNames: Record<SourceKind, string> = { alertmanager: 'prometheus', grafana: 'grafana', generic: 'scripts' };

export const integrationOf = (kind: SourceKind, service: string): Document => ({ kind, service: { ...(kind === 'generic' ? {} : { label: 'service' }), default: service } });

/** What the source itself would send: the guide's own first alert goes the same way. */
export function sampleAlert(kind: string, service: string, title: string, now: Date): object {
  if (kind === 'generic') return { summary: title, dedupKey: 'first-ring', service, severity: 'critical' };
  return {
    version: '4',
    status: 'firing',
    groupKey: '{}:{alertname="FirstRing"}',
    alerts: [{ status: 'firing', labels: { alertname: 'FirstRing', service, severity: 'critical' }, annotations: { summary: title }, startsAt: now.toISOString(), endsAt: '0001-01-01T00:00:00Z', fingerprint: 'firstring00000001' }],
  };
}
