import type { Duty } from '../api/types';

export interface PoolDuties {
  /** Null: schedules without a pool. */
  pool: string | null;
  schedules: { schedule: string; team: string | null; duties: Duty[] }[];
}

const rank: Record<string, number> = { primary: 0, secondary: 1 };

/** Duties by pool, then schedule, both by name; primary before secondary. */
export function byPool(duties: readonly Duty[]): PoolDuties[] {
  const sorted = [...duties].sort(
    (a, b) =>
      (a.pool ?? '~').localeCompare(b.pool ?? '~') ||
      a.schedule.localeCompare(b.schedule) ||
      (rank[a.position] ?? 9) - (rank[b.position] ?? 9) ||
      (a.from ?? '').localeCompare(b.from ?? ''),
  );
  const pools: PoolDuties[] = [];
  for (const duty of sorted) {
    let pool = pools.at(-1);
    if (!pool || pool.pool !== duty.pool) pools.push((pool = { pool: duty.pool, schedules: [] }));
    let schedule = pool.schedules.at(-1);
    if (!schedule || schedule.schedule !== duty.schedule)
      pool.schedules.push((schedule = { schedule: duty.schedule, team: duty.team, duties: [] }));
    schedule.duties.push(duty);
  }
  return pools;
}
