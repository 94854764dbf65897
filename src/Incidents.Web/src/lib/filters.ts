import type { Incident, IncidentStatus, Severity } from '../api/types';

export type Bucket = 'open' | 'resolved' | 'all';

export interface Filters {
  bucket: Bucket;
  service: string;
  pool: string;
  severity: string;
  /** Only what this person has, or is paged for. */
  mine: boolean;
  search: string;
}

export const openStatuses: readonly IncidentStatus[] = ['triage', 'triggered', 'acknowledged', 'snoozed'];

const buckets: readonly Bucket[] = ['open', 'resolved', 'all'];

/** Filters from the address; what is absent or unknown becomes the default. */
export function readFilters(params: URLSearchParams): Filters {
  const wanted = params.get('status') as Bucket | null;
  return {
    bucket: wanted && buckets.includes(wanted) ? wanted : 'open',
    service: params.get('service') ?? '',
    pool: params.get('pool') ?? '',
    severity: params.get('severity') ?? '',
    mine: params.has('mine'),
    search: params.get('q') ?? '',
  };
}

/** The address for these filters, defaults left out. */
export function writeFilters(filters: Filters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.bucket !== 'open') params.set('status', filters.bucket);
  if (filters.service) params.set('service', filters.service);
  if (filters.pool) params.set('pool', filters.pool);
  if (filters.severity) params.set('severity', filters.severity);
  if (filters.mine) params.set('mine', '1');
  if (filters.search) params.set('q', filters.search);
  return params;
}

/** What the server narrows by; the rest is narrowed here. */
export type Asked = Pick<Filters, 'bucket' | 'service' | 'pool'>;

/** The API's query string. `search` only where the server shall look too (by title): what is loaded is narrowed here. */
export function toQuery(filters: Asked & { search?: string }, cursor?: string | null): string {
  const params = new URLSearchParams({ limit: '100' });
  if (filters.search) params.set('q', filters.search);
  if (filters.bucket === 'open') params.set('status', openStatuses.join(','));
  if (filters.bucket === 'resolved') params.set('status', 'resolved');
  if (filters.service) params.set('service', filters.service);
  if (filters.pool) params.set('pool', filters.pool);
  if (cursor) params.set('cursor', cursor);
  return params.toString();
}

/** Every word must be found in the number, title, service, pool, team, severity or the name of who has it. */
export function matches(incident: Incident, search: string): boolean {
  const where = [
    `#${incident.number}`,
    incident.title,
    incident.service,
    incident.pool,
    incident.team,
    incident.severity,
    incident.acknowledgedBy,
  ]
    .join(' ')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

/** Of a severity, or of one person: who has it, or whom it pages. */
export function isWanted(incident: Incident, { severity, mine }: Pick<Filters, 'severity' | 'mine'>, login: string | undefined): boolean {
  if (severity && incident.severity !== severity) return false;
  return !mine || [incident.acknowledgedBy, incident.resolvedBy, ...(incident.paged ?? [])].includes(login ?? '');
}

export function inBucket(incident: Incident, bucket: Bucket): boolean {
  if (bucket === 'all') return true;
  return (incident.status === 'resolved') === (bucket === 'resolved');
}

const statusRank: Record<IncidentStatus, number> = { triggered: 0, triage: 0, acknowledged: 1, snoozed: 2, resolved: 3 };
const severityRank: Record<Severity, number> = { SEV1: 0, SEV2: 1, SEV3: 2, SEV4: 3 };

/** Most urgent first: nobody has it yet, then severity, then the newest. */
export function byUrgency(a: Incident, b: Incident): number {
  return (
    statusRank[a.status] - statusRank[b.status] ||
    (a.status === 'resolved' ? 0 : (severityRank[a.severity] ?? 9) - (severityRank[b.severity] ?? 9)) ||
    Date.parse(b.openedAt) - Date.parse(a.openedAt)
  );
}

export type GroupName = 'waiting' | 'acknowledged' | 'snoozed' | 'resolved';

const groupOf = (status: IncidentStatus): GroupName =>
  status === 'triggered' || status === 'triage' ? 'waiting' : status;

/** The list in its groups, empty ones left out, each sorted. */
export function grouped(incidents: readonly Incident[]): { name: GroupName; items: Incident[] }[] {
  const names: GroupName[] = ['waiting', 'acknowledged', 'snoozed', 'resolved'];
  const sorted = [...incidents].sort(byUrgency);
  return names
    .map((name) => ({ name, items: sorted.filter((incident) => groupOf(incident.status) === name) }))
    .filter((group) => group.items.length > 0);
}
