import { words } from './words';

/** What a person reads about who is on call. */
export const dutyText = words('duty', {
  now: 'Now',
  at: 'At',
  backToNow: 'Back to now',
  until: (when: string, left: string) => `until ${when} · ${left}`,
  untilOnly: (when: string) => `until ${when}`,
  open: 'no end',
  noPool: 'Without a pool',
  position: { primary: 'Primary', secondary: 'Secondary' } as Record<string, string>,
  gap: 'Nobody is on call',
  gaps: (count: number) => (count === 1 ? '1 gap: nobody answers there' : `${count} gaps: nobody answers there`),
  why: { layer: 'layer', override: 'override', swap: 'swap', temporary: 'temporary', gap: 'gap' } as Record<string, string>,
  empty: 'No schedule yet',
  emptyHint: 'Schedules come with the configuration document (incidentctl apply).',
  zone: (zone: string) => `Times in ${zone}`,
});
