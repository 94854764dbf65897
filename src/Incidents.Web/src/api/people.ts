import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import { api, keys } from './keys';
import type { Fairness } from './scheduleTypes';

const day = 86_400_000;

/** Everybody's time on call of the last 30 days, over all schedules; whole days, so that it is asked once. */
export function useLoad(now: number) {
  const to = Math.floor(now / day) * day;
  return useQuery({
    queryKey: [...keys.schedules, 'load', to],
    queryFn: ({ signal }) => get<Fairness>(`${api}/fairness?from=${new Date(to - 30 * day).toISOString()}&to=${new Date(to).toISOString()}`, signal),
    staleTime: 5 * 60_000,
  });
}
