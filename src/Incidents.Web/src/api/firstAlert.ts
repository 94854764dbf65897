import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import { api } from './keys';
import type { Incident, Page } from './types';

/** How many of the newest open incidents are looked through: a first alert opens one of them or joins one. */
const newest = 8;

/** The incident to which the first alert of an integration belongs; asked every two seconds until there is one. */
export function useFirstAlert(integration: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: ['firstAlert', integration],
    queryFn: async ({ signal }): Promise<Incident | null> => {
      const { items } = await get<Page<Incident>>(`${api}/incidents?status=open&limit=${newest}`, signal);
      const found = await Promise.all(items.map(({ number }) => get<Incident>(`${api}/incidents/${number}`, signal)));
      return found.find((incident) => incident.alerts?.some((alert) => alert.integration === integration)) ?? null;
    },
    refetchInterval: (query) => (query.state.data ? false : 2_000),
  });
}
