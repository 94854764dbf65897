// The organisation that the fault tests page: a service and a person of its own for each of N lines, over SMS, since a text
// carries the alert's key to the vendor and a second one to the same phone does not wait for the first.
export const GENERIC = 'chaos-generic-key-0123456789';
export const ALERTMANAGER = 'chaos-alertmanager-key-0123456789';
export const LINES = 8;
export const serviceOf = (n) => `line${n % LINES}`;
export const firstPhone = (line) => `+155501${String(line).padStart(5, '0')}`;
export const secondPhone = (line) => `+155502${String(line).padStart(5, '0')}`;

/**
 * @param {{ timeout?: string, every?: string, held?: boolean }} options when the second person of a line is paged; how often
 * the last resort; whether everybody's own rule waits for 12 h, so that nothing is sent
 */
export function organisation({ timeout = '12h', every = '12h', held = false } = {}) {
  const lines = Array.from({ length: LINES }, (_, i) => i);
  const person = (login, address) => ({
    login, name: login, email: `${login}@example.com`, zone: 'Etc/UTC', calendar: 'always', site: 'here', role: 'responder',
    contacts: [{ name: 'text', kind: 'sms', address }], notify: { high: [{ contact: 'text', ...(held ? { after: '12h' } : {}) }] },
  });
  return {
    version: 1,
    calendars: [{ name: 'always', zone: 'Etc/UTC', businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }, night: { from: '22:00', to: '06:00' }, holidays: [] }],
    people: lines.flatMap((i) => [person(`first${i}`, firstPhone(i)), person(`second${i}`, secondPhone(i))]),
    teams: [{ name: 'crew', lead: 'first0', calendar: 'always', members: lines.flatMap((i) => [`first${i}`, `second${i}`]) }],
    pools: [{ name: 'A', rank: 1, mtta: '12h', levelTimeout: timeout, slo: 99.9, coverage: 'always', policy: 'line0', firstLineDeadline: '2m' }],
    schedules: lines.map((i) => ({ name: `line${i}`, team: 'crew', pool: 'A', zone: 'Etc/UTC', layers: [{ name: 'weekly', position: 'primary', start: '2026-01-05T00:00', turn: '1w', slots: [[`first${i}`]] }] })),
    policies: lines.map((i) => ({
      name: `line${i}`, repeat: 0,
      levels: [{ page: [{ person: `first${i}` }], timeout }, { page: [{ person: `second${i}` }], timeout: every }],
      lastResort: { page: [{ person: `second${i}` }], every },
    })),
    services: lines.map((i) => ({ name: `line${i}`, team: 'crew', pool: 'A', schedule: `line${i}`, policy: `line${i}` })),
    integrations: [
      { name: 'chaos-generic', kind: 'generic', key: GENERIC, service: { label: 'service', default: 'line0' } },
      { name: 'chaos-alertmanager', kind: 'alertmanager', key: ALERTMANAGER, service: { label: 'service', default: 'line0' } },
    ],
  };
}
