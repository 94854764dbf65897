import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Absence, PayLine, ShiftClass, Statement, Swap } from '../src/api/scheduleTypes';
import { json, read } from './http.ts';
import { schedules, shiftsOf } from './schedules.ts';
import { me } from './state.ts';

/** What the made-up person who is signed in has of her own: shifts, swaps, absences, a calendar, pay. */

const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
const midnight = Math.floor(Date.now() / day) * day;

const swap = (number: number, part: Partial<Swap>): Swap => ({
  id: `0197a2c4-3333-7000-8000-${String(number).padStart(12, '0')}`, number, schedule: 'payments', position: 'primary', person: 'ana', from: '', to: '', reason: null, status: 'open', offerTo: { people: null, anyone: true }, declined: [], covers: [], open: [{ from: part.from ?? '', to: part.to ?? '' }], counters: [], expiresAt: part.from ?? '', createdAt: iso(Date.now() - day), ...part,
});

const swaps: Swap[] = [
  swap(3, { person: 'bruno', from: iso(midnight + 6 * day + 13 * 3_600_000), to: iso(midnight + 8 * day + 13 * 3_600_000), reason: 'a wedding in Curitiba', offerTo: { people: ['ana', 'maarja'], anyone: false }, declined: ['maarja'] }),
  swap(2, {
    from: iso(midnight + 15 * day + 13 * 3_600_000), to: iso(midnight + 17 * day + 13 * 3_600_000), reason: 'moving house',
    counters: [{ number: 1, person: 'maarja', from: iso(midnight + 15 * day + 13 * 3_600_000), to: iso(midnight + 16 * day + 13 * 3_600_000), exchange: { schedule: 'payments', position: 'primary', from: iso(midnight + 24 * day + 7 * 3_600_000), to: iso(midnight + 24 * day + 12 * 3_600_000) }, note: 'Sunday is my mother’s birthday', state: 'pending', at: iso(Date.now()) }],
  }),
];

const absences: Absence[] = [{ id: 'a1', person: 'ana', from: iso(midnight + 28 * day), to: iso(midnight + 35 * day), reason: 'vacation' }];

let feed: string | null = null;

function pay(period: string): Statement {
  const line = (number: number, kind: ShiftClass, time: string, amount: string, formula: string): PayLine => ({
    line: `s${number}`, kind: 'standby', explanation: `${time} standby for payments (pool A), ${formula}`, shift: { schedule: 'payments', position: 'primary', from: iso(midnight - 6 * day), to: iso(midnight + day) }, work: null, class: kind, time, amount: { amount, currency: 'BRL' }, reason: null,
  });
  const lines = [
    line(1, 'business', '27h', '648.00', '27 h × 80.00 BRL × 1.5 (pool) × 0.2 (business hours) = 648.00 BRL'),
    line(2, 'offHours', '40h', '1584.00', '40 h × 80.00 BRL × 1.5 (pool) × 0.33 (off-hours) = 1584.00 BRL'),
    line(3, 'night', '40h', '2400.00', '40 h × 80.00 BRL × 1.5 (pool) × 0.5 (night) = 2400.00 BRL'),
    line(4, 'weekend', '48h', '2880.00', '48 h × 80.00 BRL × 1.5 (pool) × 0.5 (weekend) = 2880.00 BRL'),
    { ...line(5, 'night', '30m', '80.00', ''), kind: 'work' as const, shift: null, work: { incident: 128, service: 'checkout', from: iso(midnight - 5 * day), to: iso(midnight - 5 * day + 1_320_000) }, explanation: '#128 on checkout held 22 min, counted 30 min: 0.5 h × 80.00 BRL × 2.0 (work) = 80.00 BRL' },
  ];
  return { period, from: `${period}-01`, to: `${period}-28`, status: period === iso(Date.now()).slice(0, 7) ? 'draft' : 'approved', statement: { totals: [{ amount: '7592.00', currency: 'BRL' }], hours: { business: '27', offHours: '40', night: '40', weekend: '48' }, lines, unpaid: [] } };
}

export function meCall(request: IncomingMessage, response: ServerResponse, url: URL): boolean {
  const [, , , place, id, verb, number, answer] = url.pathname.split('/').map(decodeURIComponent);
  const ok = (body: unknown, status = 200): true => {
    json(response, status, body);
    return true;
  };
  const post = request.method === 'POST';
  if (place === 'people' && verb === 'shifts') {
    const all = schedules.flatMap((one) => shiftsOf(one.name, Date.now() - 40 * day, Date.now() + 90 * day)).filter((shift) => shift.people.includes(id ?? '') && Date.parse(shift.until ?? '') > Date.now()).sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
    if (process.env.MOCK_EMPTY) return ok({ items: [], current: [], next: null });
    return ok({ items: all, current: all.filter((shift) => Date.parse(shift.from ?? '') <= Date.now()), next: all.find((shift) => Date.parse(shift.from ?? '') > Date.now()) ?? null });
  }
  if (place === 'people' && verb === 'absences' && post) {
    void read(request).then((body) => {
      absences.push({ id: `a${Date.now()}`, person: id ?? '', from: `${body.from}T03:00:00Z`, to: `${body.to}T03:00:00Z`, reason: body.reason ?? null });
      json(response, 201, { applied: true });
    });
    return true;
  }
  if (place === 'people' && verb === 'absences') return ok({ items: process.env.MOCK_EMPTY ? [] : absences });
  if (place === 'absences') {
    absences.splice(absences.findIndex((one) => one.id === id), 1);
    return ok({ applied: true });
  }
  if (place === 'me' && id === 'calendar') {
    if (post) return ok({ url: `http://127.0.0.1:8080/calendar/me/9f3kd02mcx7${Math.floor(Math.random() * 1e9)}.ics`, createdAt: (feed = iso(Date.now())) });
    if (request.method === 'DELETE') feed = null;
    return feed ? ok({ createdAt: feed }) : ok({ title: 'Not found' }, request.method === 'DELETE' ? 200 : 404);
  }
  if (place === 'pay') return ok(pay(url.searchParams.get('period') ?? ''));
  if (place === 'schedules' && verb === 'swaps') {
    void read(request).then((body) => {
      const made = swap(swaps.length + 10, { ...(body as unknown as Partial<Swap>), schedule: id, person: me.login });
      swaps.unshift(made);
      json(response, 201, made);
    });
    return true;
  }
  if (place !== 'swaps') return false;
  if (!id) return ok({ items: process.env.MOCK_EMPTY ? [] : swaps });
  const found = swaps.find((one) => one.id === id);
  if (!found) return ok({ title: 'Not found' }, 404);
  if (verb === 'accept') Object.assign(found, { status: 'accepted', open: [], covers: [{ person: me.login, from: found.from, to: found.to }] });
  if (verb === 'decline') found.declined.push(me.login);
  if (verb === 'withdraw') found.status = 'withdrawn';
  if (verb === 'counters') Object.assign(found.counters.find((one) => one.number === Number(number)) ?? {}, { state: answer === 'accept' ? 'accepted' : 'declined' });
  return ok(found);
}
