import { describe, expect, it } from 'vitest';
import { draftOf, fieldOf, previewWindow } from '../src/lib/cover';
import { countGaps, dayKind, daysText, intervalText, nextOf, turnText, wholeShifts } from '../src/lib/shifts';

const now = Date.parse('2026-11-22T12:00:00Z');
const shift = (position: string, people: string[], from: string | null, until: string | null) => ({
  schedule: 's', team: null, pool: null, position, people, from, until, why: { kind: people.length ? 'layer' : 'gap', name: null },
});

describe('intervalText', () => {
  it.each([
    ['2026-11-23T10:00:00Z', '2026-11-24T10:00:00Z', 'Mon 23 Nov 10:00 – Tue 24 Nov 10:00'],
    ['2026-11-23T10:00:00Z', '2026-11-23T18:00:00Z', 'Mon 23 Nov 10:00 – 18:00'],
    ['2026-11-23T10:00:00Z', '2026-11-24T00:00:00Z', 'Mon 23 Nov 10:00 – 24:00'],
    ['2026-11-22T10:00:00Z', '2026-11-23T10:00:00Z', '10:00 – Mon 23 Nov 10:00'],
    ['2026-11-21T22:00:00Z', '2026-11-22T20:00:00Z', 'Sat 21 Nov 22:00 – Sun 22 Nov 20:00'],
    [null, '2026-11-24T10:00:00Z', '… – Tue 24 Nov 10:00'],
    ['2026-11-23T10:00:00Z', null, 'Mon 23 Nov 10:00 – …'],
  ])('writes %s to %s', (from, until, written) => expect(intervalText(from, until, now, 'UTC')).toBe(written));

  it('writes the same instants for another wall', () =>
    expect(intervalText('2026-11-23T22:00:00Z', '2026-11-24T10:00:00Z', now, 'Europe/Tallinn')).toBe('Tue 24 Nov 00:00 – 12:00'));
});

describe('shifts', () => {
  it('counts pieces of one gap once', () =>
    expect(
      countGaps([
        shift('primary', [], '2026-11-23T10:00:00Z', '2026-11-23T12:00:00Z'),
        shift('primary', [], '2026-11-23T12:00:00Z', '2026-11-23T14:00:00Z'),
        shift('secondary', [], '2026-11-23T10:00:00Z', '2026-11-23T14:00:00Z'),
        shift('primary', ['ana'], '2026-11-23T14:00:00Z', '2026-11-23T15:00:00Z'),
        shift('primary', [], '2026-11-23T15:00:00Z', null),
      ]),
    ).toBe(3));

  it('finds who is next, gaps included', () => {
    const shifts = [shift('primary', ['b'], '2026-11-24T00:00:00Z', null), shift('primary', [], '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'), shift('primary', ['a'], null, '2026-11-23T00:00:00Z')];
    expect(nextOf(shifts, 'primary', now)?.people).toEqual([]);
    expect(nextOf(shifts, 'secondary', now)).toBeUndefined();
  });
});

describe('words of a layer', () => {
  it.each([
    [['mon', 'tue', 'wed', 'thu', 'fri'], 'Mon–Fri'],
    [['sun', 'sat'], 'Sat, Sun'],
    [['mon', 'wed', 'fri'], 'Mon, Wed, Fri'],
    [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], ''],
  ])('%j is %s', (days, written) => expect(daysText(days)).toBe(written));

  it.each([['1w', 'a week'], ['12h', '12 hours'], ['1h', 'an hour'], ['2mo', '2 months']])('%s is %s', (turn, written) => expect(turnText(turn)).toBe(written));
});

describe('dayKind', () => {
  const calendar = { businessDays: ['sun', 'mon', 'tue', 'wed', 'thu'], holidays: ['2026-12-25'] };

  it.each([
    ['2026-11-27', 'weekend'], // a Friday, free in this calendar
    ['2026-11-29', 'work'],
    ['2026-12-25', 'holiday'],
  ])('%s is %s', (date, kind) => expect(dayKind(date, calendar)).toBe(kind));

  it('takes Saturday and Sunday without a calendar', () => expect(['2026-11-27', '2026-11-28'].map((date) => dayKind(date))).toEqual(['work', 'weekend']));
});

describe('a draft override', () => {
  const form = { kind: 'replace', position: 'primary', from: '2026-11-24T10:00', to: '2026-11-24T18:00', who: 'ana', with: 'bruno', reason: ' doctor ' } as const;

  it('is in the document’s shape, in UTC', () =>
    expect(draftOf(form, 'payments', 'America/Sao_Paulo')).toEqual({ schedule: 'payments', from: '2026-11-24T13:00:00.000Z', to: '2026-11-24T21:00:00.000Z', replace: 'ana', with: 'bruno', reason: 'doctor' }));

  it('names its position only when that is not the primary', () =>
    expect(draftOf({ ...form, kind: 'remove', position: 'secondary', with: '', reason: '' }, 's', 'UTC')).toEqual({ schedule: 's', from: '2026-11-24T10:00:00.000Z', to: '2026-11-24T18:00:00.000Z', position: 'secondary', remove: 'ana' }));

  it.each([{ with: '' }, { with: 'ana' }, { who: '' }, { to: '2026-11-24T10:00' }, { from: '' }])('is none yet with %j', (part) => expect(draftOf({ ...form, ...part }, 's', 'UTC')).toBeNull());

  it.each([['overrides[0].with', 'with'], ['overrides[payments/x].replace', 'who'], ['reason', 'reason'], ['overrides[0]', 'overrides']])('has the field of %s: %s', (path, field) => expect(fieldOf(path)).toBe(field));
});

describe('what a preview looks at', () => {
  it.each([
    ['2026-11-24T10:00:00Z', '2026-11-25T10:00:00Z', '2026-11-22T12:00:00.000Z', '2027-02-20T12:00:00.000Z'],
    ['2026-11-20T10:00:00Z', '2026-11-25T10:00:00Z', '2026-11-20T10:00:00.000Z', '2027-02-20T12:00:00.000Z'],
    ['2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z', '2026-11-22T12:00:00.000Z', '2027-04-01T00:00:00.000Z'],
    ['2028-03-01T00:00:00Z', '2028-04-01T00:00:00Z', '2028-01-31T00:00:00.000Z', '2028-04-01T00:00:00.000Z'],
  ])('of %s to %s', (from, to, begin, end) => expect(previewWindow({ from, to }, now)).toEqual({ from: begin, to: end }));
});

describe('wholeShifts', () => {
  it('gives the shift that runs its real beginning back', () => {
    const cut = shift('primary', ['a'], '2026-11-22T12:00:00Z', '2026-11-23T00:00:00Z');
    const later = shift('primary', ['a'], '2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z');
    expect(wholeShifts([cut, later], [{ ...cut, from: '2026-11-20T00:00:00Z' }]).map((one) => one.from)).toEqual(['2026-11-20T00:00:00Z', '2026-11-25T00:00:00Z']);
  });
});
