/** The REST API's shapes as this console uses them. Instants are RFC 3339 strings in UTC. */

export type IncidentStatus = 'triage' | 'triggered' | 'acknowledged' | 'snoozed' | 'resolved';
export type Severity = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4';
export type Urgency = 'high' | 'low';

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface Alert {
  key: string;
  integration: string;
  title?: string;
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt?: string | null;
}

export interface Incident {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  severity: Severity;
  urgency: Urgency;
  service: string;
  team: string | null;
  pool: string | null;
  policy: string | null;
  openedAt: string;
  /** In the future while a business-hours pool waits for its hours. */
  pagingStartsAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  /** Number or id of the incident that this one was merged into. */
  mergedInto: number | string | null;
  /** The escalation level that runs now, from 1; 0 or null before the first. */
  level: number | null;
  /** How many levels its policy had when it opened; a level above is the last resort. */
  levels: number;
  /** Which pass through the levels, from 1. */
  pass: number | null;
  /** How many passes come before the last resort. */
  passes: number;
  nextStepAt: string | null;
  /** False: the reader may only look, for their role or their teams. */
  mayAct?: boolean;
  /** People whom the running level pages and who can still be reached. */
  paged?: string[];
  runbook?: string | null;
  alertCount: number;
  details?: string | null;
  alerts?: Alert[];
}

export type TimelineKind =
  | 'opened'
  | 'alertJoined'
  | 'alertResolved'
  | 'triaged'
  | 'levelStarted'
  | 'levelSkipped'
  | 'pageRequested'
  | 'pageSent'
  | 'pageFailed'
  | 'pageCanceled'
  | 'delivered'
  | 'answered'
  | 'acknowledged'
  | 'unacknowledged'
  | 'escalated'
  | 'snoozed'
  | 'note'
  | 'resolved'
  | 'reopened'
  | 'overloaded'
  | 'parked';

export interface TimelineEntry {
  at: string;
  /** Open on the reading side: a newer server may send kinds that this console does not know yet. */
  kind: TimelineKind | (string & {});
  actor: string | null;
  via: string | null;
  level: number | null;
  person: string | null;
  channel: string | null;
  attempt: string | number | null;
  /** A whole sentence; of a note, what was written. */
  text: string | null;
}

export interface Duty {
  schedule: string;
  team: string | null;
  pool: string | null;
  position: 'primary' | 'secondary' | (string & {});
  /** Logins; empty means a gap. */
  people: string[];
  from: string | null;
  until: string | null;
  why: { kind: 'layer' | 'override' | 'swap' | 'temporary' | 'gap' | (string & {}); name: string | null };
}

export interface Integration {
  name: string;
  kind: string;
  url: string;
  service: string | null;
  /** Whose managers change it; null: those with rights everywhere. */
  team?: string | null;
  /** Absent where the server does not tell. */
  lastAlertAt?: string | null;
}

export interface Person {
  login: string;
  name: string;
  /** Null: that of their calendar. */
  zone?: string | null;
  calendar?: string | null;
  email?: string | null;
  site?: string | null;
  language?: string | null;
  role?: string;
  /** Teams that their rights as manager or responder are for; null: everywhere. */
  scope?: string[] | null;
  /** Absent for whom contacts are none of their business. */
  contacts?: Contact[] | null;
  qualifiedFor?: string[];
  teams?: string[];
}

export interface Contact {
  name: string;
  kind: 'voice' | 'sms' | 'email' | 'slack' | 'webhook' | (string & {});
  address: string;
}

export interface Service {
  name: string;
  pool: string;
  team: string | null;
  schedule: string | null;
  /** Null: that of the pool. */
  policy: string | null;
  dependsOn: string[];
  runbook: string | null;
}

export interface FailedPage {
  incident: { id: string; number: number; title: string };
  person: string;
  /** Null when there was no contact to try. */
  channel: string | null;
  /** One of the closed list of reasons, such as `invalidNumber`. */
  reason: string;
  at: string;
}

export interface ParkedMessage {
  id: string;
  endpoint: string;
  type: string;
  failures: number;
  lastError: string | null;
  parkedAt: string;
  nextTryAt: string;
  /** Its JSON as it was sent. */
  body: string;
}

export interface HealthCheck {
  name: string;
  status: 'ok' | 'degraded' | 'down' | (string & {});
  detail?: string | null;
}

export interface Health {
  status: 'ok' | 'degraded' | 'down' | (string & {});
  checks: HealthCheck[];
}

export interface Me {
  login: string;
  name: string;
  role: 'admin' | 'manager' | 'responder' | 'observer' | (string & {});
  /** Those that the rights of a manager or responder are for; null: everywhere. */
  teams?: string[] | null;
  via: string;
  /** True when the built-in phones are served at /simulator. */
  simulator?: boolean;
}

export interface NewIncident {
  title: string;
  service: string;
  severity?: Severity;
  details?: string;
}

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: { path: string; message: string }[];
  /** Of a change that came too late (412): who was first, and what it is now. */
  changedBy?: string;
  changedAt?: string;
  etag?: string;
  current?: Record<string, unknown> | null;
}
