import { describe, expect, it } from 'vitest';
import { clockTime, countdown, dayTime, instantsLocal, longLength, shortLength, sinceStart, usableZone } from '../src/lib/time';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('shortLength', () => {
  it.each([
    [-5 * second, '0 s'],
    [0, '0 s'],
    [59.9 * second, '59 s'],
    [minute, '1 min'],
    [59 * minute + 59 * second, '59 min'],
    [hour, '1 h'],
    [47 * hour, '47 h'],
    [2 * day, '2 d'],
  ])('writes %d ms as %s', (ms, written) => expect(shortLength(ms)).toBe(written));
});

describe('longLength', () => {
  it.each([
    [12 * second, '12 s'],
    [4 * minute + 10 * second, '4 min 10 s'],
    [5 * minute, '5 min'],
    [3 * hour + 5 * minute + 59 * second, '3 h 5 min'],
    [2 * day + 4 * hour, '2 d 4 h'],
  ])('writes %d ms as %s', (ms, written) => expect(longLength(ms)).toBe(written));
});

describe('countdown', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');

  it.each([
    ['2026-11-21T10:00:00.001Z', '0:01'],
    ['2026-11-21T10:00:42Z', '0:42'],
    ['2026-11-21T10:01:12Z', '1:12'],
    ['2026-11-21T10:59:59.500Z', '1:00:00'],
    ['2026-11-21T11:02:09Z', '1:02:09'],
    ['2026-11-23T14:00:00Z', '2 d 4 h'],
  ])('until %s is %s', (at, left) => expect(countdown(at, now)).toBe(left));

  it('is over at the very instant', () => expect(countdown('2026-11-21T10:00:00Z', now)).toBeNull());
  it('is over when it has passed or cannot be read', () => {
    expect(countdown('2026-11-21T09:00:00Z', now)).toBeNull();
    expect(countdown('soon', now)).toBeNull();
  });
});

describe('sinceStart', () => {
  it('tells how long after the opening', () => expect(sinceStart('2026-11-21T10:01:24.900Z', '2026-11-21T10:00:00Z')).toBe('+1:24'));
  it('is silent within the first second', () => expect(sinceStart('2026-11-21T10:00:00.900Z', '2026-11-21T10:00:00Z')).toBeNull());
});

describe('wall clocks', () => {
  it('are those of the zone', () => {
    expect(clockTime('2026-11-21T22:30:05Z', 'Europe/Tallinn')).toBe('00:30:05');
    expect(clockTime('2026-11-21T22:30:05Z', 'America/Sao_Paulo')).toBe('19:30:05');
  });

  it('leave the day out only where it is the same day in that zone', () => {
    const now = Date.parse('2026-11-21T21:00:00Z');
    expect(dayTime('2026-11-21T22:30:00Z', now, 'America/Sao_Paulo')).toBe('19:30');
    expect(dayTime('2026-11-21T22:30:00Z', now, 'Europe/Tallinn')).toBe('Sun 22 Nov 00:30');
  });

  it('replace the instants in a sentence', () => {
    const now = Date.parse('2026-11-21T10:00:00Z');
    expect(instantsLocal('ana snoozed until 2026-11-21T14:00:00.123456Z.', now, 'Europe/Tallinn')).toBe('ana snoozed until 16:00.');
  });
});

describe('usableZone', () => {
  it('keeps a zone of the database', () => expect(usableZone('Europe/Lisbon')).toBe('Europe/Lisbon'));
  it('takes UTC for what a machine without a zone is given', () => expect(usableZone('Etc/Unknown')).toBe('UTC'));
});

describe('instants in a sentence of the server', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it('are written for the viewer in both forms', () =>
    expect(instantsLocal('From 2026-12-28 13:00 UTC to 2026-12-29T03:00:00Z.', now, 'Europe/Tallinn')).toBe('From Mon 28 Dec 15:00 to Tue 29 Dec 05:00.'));
});
