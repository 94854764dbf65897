import { describe, expect, it } from 'vitest';
import { byPool } from '../src/lib/duties';

describe('duties', () => {
  const duty = (pool: string, schedule: string, position: string) => ({
    pool, schedule, position, team: 't', people: [], from: '2026-11-21T10:00:00Z', until: null, why: { kind: 'gap', name: null },
  });

  it('stand by pool and schedule, primary first', () => {
    const pools = byPool([duty('B', 'kitchen', 'primary'), duty('A', 'payments', 'secondary'), duty('A', 'payments', 'primary'), duty('A', 'accounts', 'primary')]);
    expect(pools.map((p) => [p.pool, p.schedules.map((s) => `${s.schedule}:${s.duties.map((d) => d.position).join('+')}`)])).toEqual([
      ['A', ['accounts:primary', 'payments:primary+secondary']],
      ['B', ['kitchen:primary']],
    ]);
  });
});
