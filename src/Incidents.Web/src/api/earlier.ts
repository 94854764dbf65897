import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import { api, keys } from './keys';
import type { Duty, Incident, Page } from './types';

const shown = 5;

/** The incidents of a service that opened before one, newest first. */
export function useEarlier(service: string, number: number) {
  return useQuery({
    queryKey: ['earlier', service, number],
    queryFn: async ({ signal }) => (await get<Page<Incident>>(`${api}/incidents?service=${encodeURIComponent(service)}&limit=${shown}&cursor=${number}`, signal)).items,
    staleTime: 60_000,
  });
}

/** Who was on call at an instant that is past: it does not change any more. */
export function useDutiesAt(at: string | undefined) {
  return useQuery({
    queryKey: [...keys.oncall, 'past', at],
    queryFn: async ({ signal }) => (await get<Page<Duty>>(`${api}/oncall?at=${encodeURIComponent(at ?? '')}`, signal)).items,
    enabled: !!at,
    staleTime: Infinity,
  });
}
