import { describe, expect, it } from 'vitest';
import { barsOf, businessSpans, byDate, hourMarks, instantAt, nightSpans, place, step, stripsOf } from '../src/lib/timeline';
import { hour } from '../src/lib/zone';

const at = (text: string): number => Date.parse(text);
const shift = (who: string, from: string | null, until: string | null, position = 'primary') => ({ who, from, until, position });
const only = <T>(list: T[]): T => {
  expect(list).toHaveLength(1);
  return list[0]!;
};

describe('stripsOf', () => {
  it('shows a week from Monday', () => {
    const week = only(stripsOf('week', '2026-11-22', 'UTC'));
    expect([week.days[0]!.date, week.days[6]!.date]).toEqual(['2026-11-16', '2026-11-22']);
  });

  it('shows every week that a month touches, whole', () => {
    const strips = stripsOf('month', '2026-11-22', 'Europe/Tallinn');
    expect(strips.map((s) => s.days[0]!.date)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30']);
    strips.slice(1).forEach((s, i) => expect(s.from).toBe(strips[i]!.to));
  });

  it('shows a quarter of the year in one strip', () => {
    const quarter = only(stripsOf('quarter', '2027-02-15', 'America/New_York'));
    expect([quarter.days.length, quarter.days[0]!.date, quarter.days.at(-1)!.date, step('quarter', '2027-01-31', 1)]).toEqual([90, '2027-01-01', '2027-03-31', '2027-04-30']);
    quarter.days.forEach((day, index) => expect(place(quarter, day.from)).toBeCloseTo(index / 90, 10));
  });

  it('steps by what it shows', () => {
    expect([step('day', '2026-11-30', 1), step('week', '2026-11-30', -1), step('month', '2027-01-31', 1)]).toEqual(['2026-12-01', '2026-11-23', '2027-02-28']);
  });
});

describe.each([
  ['23 h', '2027-03-14', 23],
  ['25 h', '2027-11-07', 25],
])('a day of %s', (_, date, hours) => {
  const zone = 'America/New_York';
  const day = only(stripsOf('day', date, zone));

  it('is as wide as its hours', () => {
    expect((day.to - day.from) / hour).toBe(hours);
    for (let h = 0; h <= hours; h++) expect(place(day, day.from + h * hour)).toBeCloseTo(h / hours, 10);
  });

  it('marks the hours of the wall clock, each where it is', () => {
    const marks = hourMarks(day, zone, 1);
    expect(marks).toHaveLength(hours);
    expect(marks.slice(0, 4).map((m) => m.hour)).toEqual(hours === 23 ? [0, 1, 3, 4] : [0, 1, 1, 2]);
  });

  it('gives an instant back for its place', () => {
    for (let h = 0; h <= hours; h++) expect(instantAt(day, place(day, day.from + h * hour), hour)).toBe(day.from + h * hour);
  });

  it('keeps its week in line: every day a seventh', () => {
    const week = only(stripsOf('week', date, zone));
    week.days.forEach((d, i) => expect(place(week, d.from)).toBeCloseTo(i / 7, 10));
  });
});

describe('barsOf', () => {
  const week = only(stripsOf('week', '2026-11-16', 'UTC'));

  it('cuts to the strip and says so', () => {
    const bar = only(barsOf(week, [shift('ana', '2026-11-10T00:00:00Z', '2026-11-18T12:00:00Z')], 'primary'));
    expect([bar.left, bar.width, bar.before, bar.after]).toEqual([0, 2.5 / 7, true, false]);
  });

  it('leaves out what only touches, and other positions', () =>
    expect(barsOf(week, [shift('ana', '2026-11-15T00:00:00Z', '2026-11-16T00:00:00Z'), shift('bruno', '2026-11-17T00:00:00Z', null, 'secondary')], 'primary')).toEqual([]));

  it('covers the strip without a hole or an overlap when shifts follow each other', () => {
    const bars = barsOf(week, [shift('b', '2026-11-18T10:00:00Z', '2026-11-25T10:00:00Z'), shift('a', null, '2026-11-18T10:00:00Z')], 'primary');
    expect(bars.map((b) => b.lane)).toEqual([0, 0]);
    expect(bars[0]!.left + bars[0]!.width).toBeCloseTo(bars[1]!.left, 12);
    expect(bars[1]!.left + bars[1]!.width).toBe(1);
  });

  it('puts those on at the same time below each other', () => {
    const bars = barsOf(week, [shift('a', '2026-11-16T00:00:00Z', '2026-11-20T00:00:00Z'), shift('b', '2026-11-17T00:00:00Z', '2026-11-18T00:00:00Z'), shift('c', '2026-11-18T00:00:00Z', '2026-11-19T00:00:00Z')], 'primary');
    expect(bars.map((b) => [b.item.who, b.lane])).toEqual([['a', 0], ['b', 1], ['c', 1]]);
  });
});

describe('byDate', () => {
  it('lists what began before under the first day, primary first', () => {
    const items = [shift('b', '2026-11-17T09:00:00Z', null), shift('x', '2026-11-01T00:00:00Z', null, 'secondary'), shift('a', '2026-11-10T00:00:00Z', '2026-11-17T09:00:00Z')];
    expect(byDate(items, at('2026-11-16T00:00:00Z'), at('2026-11-23T00:00:00Z'), 'UTC').map((d) => [d.date, d.items.map((i) => i.who)])).toEqual([
      ['2026-11-16', ['a', 'x']],
      ['2026-11-17', ['b']],
    ]);
  });
});

describe('hours on a wall', () => {
  const week = only(stripsOf('week', '2026-12-23', 'UTC'));
  const calendar = { zone: 'Europe/Tallinn', businessDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-12-24', '2026-12-25'], businessFrom: '09:00', businessTo: '18:00' };

  it('are business hours of the calendar, without its holidays', () => {
    expect(businessSpans(week, calendar).map(({ from, to }) => [from, to])).toEqual([21, 22, 23].map((day) => [at(`2026-12-${day}T07:00Z`), at(`2026-12-${day}T16:00Z`)]));
    expect(businessSpans(week, undefined)).toEqual([]);
  });

  it('are nights past midnight, cut where the strip ends', () => {
    const nights = nightSpans(week, 'Europe/Tallinn');
    expect(nights[0]).toEqual({ from: week.from, to: at('2026-12-21T04:00Z') });
    expect(nights[1]).toEqual({ from: at('2026-12-21T20:00Z'), to: at('2026-12-22T04:00Z') });
    expect(nights.at(-1)).toEqual({ from: at('2026-12-27T20:00Z'), to: week.to });
  });
});
