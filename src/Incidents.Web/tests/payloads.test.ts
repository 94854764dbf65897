import { describe, expect, it } from 'vitest';
import { bytes, endings } from '../src/lib/payloads';

const alert = (outcome: 'opened' | 'joined' | 'dropped', incident: number | null, rule: string | null = null) => ({ id: Math.random().toString(), title: 't', key: 'k', status: 'firing' as const, outcome, incident, rule });

describe('what became of a request', () => {
  it('tells alike endings once, in the order of the alerts', () =>
    expect(endings({ alerts: [alert('opened', 4), alert('joined', 4), alert('joined', 4), alert('joined', 5), alert('dropped', null, 'noise'), alert('joined', 4)] })).toEqual([
      { outcome: 'opened', incident: 4, rule: null, count: 1 },
      { outcome: 'joined', incident: 4, rule: null, count: 3 },
      { outcome: 'joined', incident: 5, rule: null, count: 1 },
      { outcome: 'dropped', incident: null, rule: 'noise', count: 1 },
    ]));

  it('is nothing for a request without alerts', () => expect(endings({ alerts: [] })).toEqual([]));
});

describe('sizes', () => {
  it.each([[0, '0 B'], [1023, '1023 B'], [1024, '1 KiB'], [3_500, '3.4 KiB'], [20_480, '20 KiB'], [16 * 1024 ** 2, '16 MiB']])('%i is %s', (count, text) => expect(bytes(count)).toBe(text));
});
