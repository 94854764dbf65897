import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dateOf, fromField, hour, instantOf, offsetName, startOfDay, toField, wallTime, weekday, writeDate } from '../src/lib/zone';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString();
const length = (date: string, zone: string): number => (startOfDay(addDays(date, 1), zone) - startOfDay(date, zone)) / hour;

describe('days of a zone', () => {
  it.each([
    ['America/Sao_Paulo', '2026-11-22', 24],
    ['America/New_York', '2027-03-14', 23],
    ['America/New_York', '2027-11-07', 25],
    ['Europe/Tallinn', '2027-03-28', 23],
    ['Europe/Tallinn', '2027-10-31', 25],
    ['Australia/Lord_Howe', '2027-10-03', 23.5],
    ['Australia/Lord_Howe', '2027-04-04', 24.5],
    ['America/Sao_Paulo', '2018-11-04', 23], // midnight itself was skipped
    ['Asia/Beirut', '2021-03-28', 23],
    ['Pacific/Apia', '2011-12-30', 0], // the day that never was
  ])('%s %s has %d hours', (zone, date, hours) => expect(length(date, zone)).toBe(hours));

  it('begin at the end of the skip where midnight is skipped', () => {
    expect(iso(startOfDay('2018-11-04', 'America/Sao_Paulo'))).toBe('2018-11-04T03:00:00.000Z');
    expect(wallTime(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toEqual({ date: '2018-11-04', hour: 1, minute: 0 });
  });
});

describe('instantOf', () => {
  it('takes the earlier of an hour that comes twice', () =>
    expect(iso(instantOf({ date: '2027-11-07', hour: 1, minute: 30 }, 'America/New_York'))).toBe('2027-11-07T05:30:00.000Z'));

  it('takes the first instant after an hour that is skipped', () =>
    expect(iso(instantOf({ date: '2027-03-14', hour: 2, minute: 30 }, 'America/New_York'))).toBe('2027-03-14T07:00:00.000Z'));

  it('is the inverse of wallTime through a year, in every quarter of an hour that comes once', () => {
    for (const zone of ['Europe/Tallinn', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo'])
      for (let t = at('2027-01-01T00:00:00Z'); t < at('2028-01-01T00:00:00Z'); t += 13.25 * hour) {
        const back = instantOf(wallTime(t, zone), zone);
        expect(wallTime(back, zone), `${zone} ${iso(t)}`).toEqual(wallTime(t, zone));
        expect(back).toBeLessThanOrEqual(t);
      }
  });
});

describe('dates', () => {
  it('clamp to the last day of a month', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2027-03-31', -1)).toBe('2027-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });

  it('count days from Monday', () => expect(['2026-11-23', '2026-11-29'].map(weekday)).toEqual([0, 6]));

  it('are those of the zone', () => {
    expect(dateOf(at('2026-11-22T01:00:00Z'), 'America/Sao_Paulo')).toBe('2026-11-21');
    expect(dateOf(at('2026-11-22T22:30:00Z'), 'Europe/Tallinn')).toBe('2026-11-23');
  });

  it('are written without a zone moving them', () =>
    expect(writeDate('2026-11-24', { weekday: 'short', day: 'numeric', month: 'short' })).toBe('Tue 24 Nov'));
});

describe('zones on display', () => {
  it.each([
    ['America/Sao_Paulo', 'UTC−03:00'],
    ['Asia/Kathmandu', 'UTC+05:45'],
    ['UTC', 'UTC+00:00'],
  ])('%s is %s', (zone, name) => expect(offsetName(at('2026-11-22T12:00:00Z'), zone)).toBe(name));

  it('give and take date-time fields', () => {
    expect(toField(at('2026-11-24T13:00:00Z'), 'America/Sao_Paulo')).toBe('2026-11-24T10:00');
    expect(iso(fromField('2026-11-24T10:00', 'America/Sao_Paulo')!)).toBe('2026-11-24T13:00:00.000Z');
    expect(fromField('', 'UTC')).toBeNull();
  });
});
