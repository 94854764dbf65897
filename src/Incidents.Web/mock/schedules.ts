import type { Calendar, Difference, Fairness, Finding, Layer, NewOverride, Override, Schedule, Shift, Team, Temporary } from '../src/api/scheduleTypes';
import { instantOf } from '../src/lib/zone.ts';

/** Schedules of the made-up organisation: simple rotations with overrides on top, enough for every state of the pages. */

const hour = 3_600_000;
const day = 24 * hour;
const iso = (at: number): string => new Date(at).toISOString();
const midnight = (): number => Math.floor(Date.now() / day) * day;

const layer = (name: string, position: string, start: string, turn: string, slots: string[][], more: Partial<Layer> = {}): Layer => ({
  name, position, level: 1, zone: null, start, until: null, turn, slots, windows: [], advance: 'elapsed', nextInOrderOf: null, ...more,
});

export const schedules: Schedule[] = [
  {
    name: 'payments', team: 'payments', pool: 'A', zone: 'America/Sao_Paulo',
    layers: [
      layer('weekly', 'primary', '2026-01-05T10:00', '1w', [['ana'], ['bruno'], ['maarja']]),
      layer('shadow', 'secondary', '2026-01-05T10:00', '', [], { nextInOrderOf: 'weekly' }),
      layer('tallinn-day', 'primary', '2026-01-05T09:00', '1d', [['maarja']], { level: 5, zone: 'Europe/Tallinn', advance: 'worked-turns', windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '14:00', on: 'workdays', calendar: 'estonia' }] }),
    ],
  },
  { name: 'accounts', team: 'payments', pool: 'A', zone: 'America/Sao_Paulo', layers: [layer('office', 'primary', '2026-01-05T08:00', '1d', [['bruno'], ['ana']], { windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00', on: 'workdays', calendar: 'brazil' }] })] },
  { name: 'kitchen', team: 'kitchen', pool: 'B', zone: 'Europe/Tallinn', layers: [layer('daily', 'primary', '2026-01-05T09:00', '1d', [['juri'], ['tiina']])] },
  { name: 'first-line', team: 'support', pool: 'B', zone: 'Europe/Tallinn', layers: [layer('desk', 'primary', '2026-01-05T00:00', '1d', [['lena']])] },
];

export const teams: Team[] = [
  { name: 'payments', lead: 'ana', calendar: 'brazil', members: ['ana', 'bruno', 'maarja'] },
  { name: 'kitchen', lead: 'juri', calendar: 'estonia', members: ['juri', 'tiina'] },
  { name: 'support', lead: 'lena', calendar: 'estonia', members: ['lena'] },
];

export const calendars: Calendar[] = [
  { name: 'brazil', zone: 'America/Sao_Paulo', businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-12-25', '2027-01-01', iso(midnight() + 4 * day).slice(0, 10)] },
  { name: 'estonia', zone: 'Europe/Tallinn', businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-12-24', '2026-12-25'] },
];

let made = 0;
const override = (part: Partial<Override>): Override => ({
  id: `0197a2c4-2222-7000-8000-${String(++made).padStart(12, '0')}`, schedule: 'payments', from: '', to: '', position: 'primary', kind: 'replace', person: '', with: null, reason: null, swap: null, author: 'ana', createdAt: iso(Date.now() - day), ...part,
});

export const overrides: Override[] = [
  override({ from: iso(midnight() - 2 * hour), to: iso(midnight() + 20 * hour), person: 'maarja', with: 'ana', reason: 'dentist' }),
  override({ from: iso(midnight() + 3 * day + 13 * hour), to: iso(midnight() + 5 * day + 13 * hour), person: 'bruno', with: 'maarja', reason: 'swap with Maarja', swap: 'x', author: 'maarja' }),
  override({ from: iso(midnight() + 8 * day), to: iso(midnight() + 8 * day + 9 * hour), kind: 'remove', person: 'ana', reason: 'flight, no signal' }),
];

export const temporary: Temporary[] = [
  {
    id: 't1', name: 'year-end', schedule: 'payments', from: '2026-12-28T13:00:00Z', to: '2027-01-04T13:00:00Z', reason: 'books close', author: 'ana',
    shifts: ['ana', 'bruno', 'maarja'].map((person, index) => ({ from: iso(Date.parse('2026-12-28T13:00:00Z') + index * 2 * day), to: iso(Date.parse('2026-12-28T13:00:00Z') + (index + 1) * 2 * day + (index === 2 ? day : 0)), position: 'primary', people: [person] })),
  },
];

interface Cut {
  from: number;
  to: number;
  people: string[];
  why: Shift['why'];
}

const length: Record<string, number> = { '1w': 7 * day, '1d': day };

/** One layer through time. Turns are elapsed hours: good enough without a change of the clock. */
function turns(schedule: Schedule, { name, start, turn, slots, windows, zone }: Layer, from: number, to: number, shift = 0): Cut[] {
  const size = length[turn ?? ''] ?? day;
  const [date = '', time = '00:00'] = (start ?? '').split('T');
  const first = instantOf({ date, hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }, zone ?? schedule.zone);
  const cuts: Cut[] = [];
  for (let n = Math.floor((from - first) / size); first + n * size < to; n++) {
    const begin = first + n * size;
    const people = slots[(((n + shift) % slots.length) + slots.length) % slots.length] ?? [];
    const window = windows[0];
    const weekday = (new Date(begin).getUTCDay() + 6) % 7;
    if (window && weekday > 4) continue;
    const long = window ? (Number(window.to.slice(0, 2)) - Number(window.from.slice(0, 2))) * hour : size;
    cuts.push({ from: begin, to: begin + long, people, why: { kind: 'layer', name } });
  }
  return cuts;
}

/** What lies on top takes its place; the rest stays in pieces. */
function over(base: Cut[], top: Cut[]): Cut[] {
  const edges = [...new Set([...base, ...top].flatMap((cut) => [cut.from, cut.to]))].sort((a, b) => a - b);
  const cuts: Cut[] = [];
  edges.slice(0, -1).forEach((from, index) => {
    const to = edges[index + 1] ?? from;
    const holds = (cut: Cut): boolean => cut.from <= from && cut.to >= to;
    const found = top.find(holds) ?? base.find(holds);
    const last = cuts.at(-1);
    if (!found) return;
    if (last && last.to === from && last.why === found.why && last.people === found.people) last.to = to;
    else cuts.push({ ...found, from, to });
  });
  return cuts;
}

function withGaps(cuts: Cut[], from: number, to: number): Cut[] {
  const filled: Cut[] = [];
  let at = from;
  for (const cut of cuts) {
    if (cut.from > at) filled.push({ from: at, to: cut.from, people: [], why: { kind: 'gap', name: null } });
    filled.push(cut);
    at = Math.max(at, cut.to);
  }
  if (at < to) filled.push({ from: at, to, people: [], why: { kind: 'gap', name: null } });
  return filled;
}

function applied(cuts: Cut[], list: readonly Pick<Override, 'from' | 'to' | 'kind' | 'person' | 'with' | 'reason' | 'swap'>[]): Cut[] {
  return list.reduce((now, { from, to, kind, person, with: by, reason, swap }) => {
    const why = { kind: swap ? 'swap' : 'override', name: reason } as Shift['why'];
    const top = now
      .filter((cut) => cut.from < Date.parse(to) && cut.to > Date.parse(from) && (kind === 'add' || cut.people.includes(person)))
      .map((cut) => ({
        from: Math.max(cut.from, Date.parse(from)),
        to: Math.min(cut.to, Date.parse(to)),
        people: kind === 'add' ? [...cut.people, person] : cut.people.flatMap((one) => (one !== person ? [one] : kind === 'replace' && by ? [by] : [])),
        why,
      }));
    return over(now, top);
  }, cuts);
}

export function shiftsOf(name: string, from: number, to: number, extra: Override[] = []): Shift[] {
  const schedule = schedules.find((one) => one.name === name);
  if (!schedule) return [];
  const item = (position: string) => (cut: Cut): Shift => ({ schedule: name, team: schedule.team, pool: schedule.pool, position, people: cut.people, from: iso(Math.max(from, cut.from)), until: iso(Math.min(to, cut.to)), why: cut.people.length ? cut.why : { kind: 'gap', name: null } });
  const [base, ...higher] = schedule.layers.filter((one) => one.position === 'primary').map((one) => turns(schedule, one, from, to));
  const mine = [...overrides, ...extra].filter((one) => one.schedule === name && one.position === 'primary');
  const year = temporary.filter((one) => one.schedule === name).flatMap((one) => one.shifts.map((shift): Cut => ({ from: Date.parse(shift.from), to: Date.parse(shift.to), people: shift.people, why: { kind: 'temporary', name: one.name } })));
  const inside = (cut: Cut): boolean => cut.from < to && cut.to > from;
  const primary = over(applied(withGaps(higher.reduce(over, base ?? []).filter(inside), from, to), mine), year).filter(inside);
  const shadow = schedule.layers.find((one) => one.nextInOrderOf);
  const followed = schedule.layers.find((one) => one.name === shadow?.nextInOrderOf);
  const secondary = followed ? turns(schedule, followed, from, to, 1).filter(inside).map((cut) => ({ ...cut, why: { kind: 'layer' as const, name: shadow!.name } })) : [];
  return [...primary.map(item('primary')), ...secondary.map(item('secondary'))];
}

const finding = (part: Partial<Finding>): Finding => ({
  fingerprint: `${part.rule}${part.person ?? ''}${part.from ?? ''}`, rule: '', severity: 'warn', schedule: 'payments', person: null, from: iso(Date.now()), to: iso(Date.now() + 90 * day), message: '', fix: '', waived: null, ...part,
});

export const findings: Finding[] = [
  finding({ rule: 'roster', message: 'payments has 3 people; a 24×7 schedule needs 8 at one site, or two sites at least 5 h apart with 6 each.', fix: 'Add 5 people, or share the schedule with a second site.' }),
  finding({ rule: 'onCallShare', person: 'ana', message: 'Ana Souza is on call 37 % of the quarter; the limit is 25 %.', fix: 'Give 11 days of hers to somebody with less: Maarja has 19 %.' }),
  finding({ rule: 'absence', person: 'bruno', severity: 'enforce', from: iso(midnight() + 10 * day), to: iso(midnight() + 13 * day), message: `Bruno Lima is away from ${iso(midnight() + 10 * day).slice(0, 19)}Z and on call as primary.`, fix: 'Have him replaced: Maarja Tamm is free and qualified.' }),
  finding({ rule: 'consecutiveShifts', person: 'maarja', waived: { by: 'ana', reason: 'she asked for it' }, message: 'Maarja Tamm has 2 shifts in a row; the limit is 1.', fix: '' }),
  finding({ schedule: 'accounts', rule: 'uncovered', message: 'accounts has 84 uncovered hours in the next 7 days.', fix: 'Add a layer for nights and weekends.' }),
];

export function fairness(name: string): Fairness {
  const roster = [...new Set(schedules.find((one) => one.name === name)?.layers.flatMap((one) => one.slots.flat()))];
  const items = roster.map((person, index) => {
    const hours = { business: 190 - 40 * index, offHours: 260 - 70 * index, night: 150 - 35 * index, weekend: 210 - 48 * index, holiday: index === 0 ? 24 : 0 };
    return { person, hours, totalHours: Object.values(hours).reduce((a, b) => a + b), weekends: 5 - index, holidays: index === 0 ? 1 : 0, nights: 21 - 5 * index, pages: 9 - 3 * index, share: 40 - 8 * index };
  });
  return { items, balance: { score: 81, uneven: 12.4, explanation: '12.4 % of the points would have to change hands until all carry the same. Score = 100 × (1 − 12.4 ÷ 66.7).' }, from: iso(Date.now() - 90 * day), to: iso(Date.now() + 90 * day) };
}

const ofDraft = (draft: NewOverride): Override => {
  const kind = draft.replace ? 'replace' : draft.add ? 'add' : 'remove';
  return override({ schedule: draft.schedule, from: draft.from, to: draft.to, position: draft.position ?? 'primary', kind, person: draft[kind] ?? '', with: draft.with ?? null, reason: draft.reason ?? null });
};

export function create(draft: NewOverride): Override {
  const one = ofDraft(draft);
  overrides.push(one);
  return one;
}

export function documentOf({ schedule, from, to, position, kind, person, with: by, reason }: Override): NewOverride {
  return { schedule, from, to, ...(position === 'secondary' && { position }), [kind]: person, ...(by && { with: by }), ...(reason && { reason }) };
}

export function preview(draft: NewOverride): Difference {
  const [from, to] = [Date.parse(draft.from), Date.parse(draft.to)];
  const before = shiftsOf(draft.schedule, from, to).filter((shift) => shift.position === 'primary');
  const after = shiftsOf(draft.schedule, from, to, [ofDraft(draft)]).filter((shift) => shift.position === 'primary');
  const edges = [...new Set([...before, ...after].flatMap((shift) => [shift.from ?? '', shift.until ?? '']))].sort();
  const at = (list: Shift[], instant: string): string[] => list.find((shift) => (shift.from ?? '') <= instant && (shift.until ?? '') > instant)?.people ?? [];
  const changes = edges.slice(0, -1).map((edge, index) => ({ schedule: draft.schedule, position: 'primary', from: edge, to: edges[index + 1] ?? edge, before: at(before, edge), after: at(after, edge) })).filter((change) => change.before.join() !== change.after.join());
  const same = fairness(draft.schedule);
  const lena = draft.with === 'lena' || draft.add === 'lena';
  return {
    changes,
    gaps: { before: gapsOf(before), after: gapsOf(after) },
    newFindings: changes.length && to - from > 3 * day ? [finding({ rule: 'consecutiveShifts', person: draft.with, message: 'This makes 2 shifts in a row; the limit is 1.', fix: '' })] : [],
    goneFindings: [],
    refusing: lena ? [finding({ rule: 'qualified', severity: 'enforce', person: 'lena', message: 'Lena Petrova is not qualified for payments.', fix: '' })] : [],
    cost: { before: { totals: [{ amount: '18860.40', currency: 'BRL' }, { amount: '4120.00', currency: 'EUR' }] }, after: { totals: [{ amount: '18620.40', currency: 'BRL' }, { amount: '4210.00', currency: 'EUR' }] } },
    fairness: { before: same, after: { ...same, balance: { ...same.balance, score: changes.length ? 84 : 81 } } },
  };
}

const gapsOf = (shifts: Shift[]) => shifts.filter((shift) => !shift.people.length).map(({ schedule, position, from, until }) => ({ schedule, position, from: from ?? '', to: until ?? '' }));
