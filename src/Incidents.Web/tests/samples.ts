import type { Incident } from '../src/api/types';

/** An ordinary incident for tests; what matters to a test is given by it. */
export const sampleIncident = (part: Partial<Incident> = {}): Incident => ({
  id: '0197a2c4-0000-7000-8000-000000000042',
  number: 42,
  title: 'Checkout answers with errors',
  status: 'triggered',
  severity: 'SEV2',
  urgency: 'high',
  service: 'checkout',
  team: 'payments',
  pool: 'A',
  policy: 'default',
  openedAt: '2026-11-21T10:00:00Z',
  pagingStartsAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
  mergedInto: null,
  level: 1,
  levels: 3,
  passes: 3,
  pass: 1,
  nextStepAt: '2026-11-21T10:02:00Z',
  alertCount: 1,
  ...part,
});
