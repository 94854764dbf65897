import { describe, expect, it } from 'vitest';
import type { Shift } from '../src/api/scheduleTypes';
import { gapsAhead, handoffsAhead } from '../src/lib/ahead';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const shift = (schedule: string, from: number, until: number, ...people: string[]): Shift => ({ schedule, team: null, pool: null, position: 'primary', people, from: at(from), until: at(until), why: { kind: people.length ? 'layer' : 'gap', name: null } });

describe('handoffsAhead', () => {
  it('tells who hands over to whom, also to nobody, and not to themself', () => {
    const shifts = [shift('a', 0, 4, 'ana'), shift('a', 4, 6, 'ana'), shift('a', 6, 9), shift('a', 9, 30, 'bruno'), shift('b', 0, 5, 'juri'), shift('b', 5, 50, 'tiina')];
    expect(handoffsAhead(shifts, Date.parse(at(1)), Date.parse(at(8))).map(({ schedule, from, to, at: when }) => [when, schedule, from, to])).toEqual([
      [at(5), 'b', ['juri'], ['tiina']],
      [at(6), 'a', ['ana'], []],
    ]);
  });

  it('looks at everybody who is on at once', () => {
    const shifts = [shift('a', 0, 8, 'ana'), shift('a', 2, 8, 'bruno'), shift('a', 8, 9, 'ana', 'bruno')];
    expect(handoffsAhead(shifts, Date.parse(at(1)), Date.parse(at(9))).map(({ from, to }) => [from, to])).toEqual([[['ana'], ['ana', 'bruno']]]);
  });
});

it('gapsAhead joins what touches and leaves out what is over', () => {
  const gaps = gapsAhead([shift('a', 6, 9), shift('a', 4, 6), shift('b', 1, 2), shift('b', 5, 7), shift('a', 9, 12, 'ana')], Date.parse(at(3)));
  expect(gaps.map(({ schedule, from, until }) => [schedule, from, until])).toEqual([['a', at(4), at(9)], ['b', at(5), at(7)]]);
});
