import { usePolicies, usePools } from '../api/organisation';
import { useIncidents, useOnCall, useServices } from '../api/queries';
import { useSchedules, useTeams } from '../api/schedules';
import type { Incident } from '../api/types';
import type { Organisation } from '../lib/policy';

const everything = { bucket: 'open', service: '', pool: '' } as const;

/** What a policy is resolved with; undefined until all of it is there. */
export function useOrganisation(): Organisation | undefined {
  const services = useServices().data;
  const schedules = useSchedules().data;
  const teams = useTeams().data;
  const pools = usePools().data;
  const duties = useOnCall('').data;
  return services && schedules && teams && pools && duties ? { services, schedules, teams, pools, duties } : undefined;
}

/** Open incidents by service, as far as the board has loaded them. */
export function useOpenByService(): Map<string, Incident[]> {
  const { data } = useIncidents(everything);
  const byService = new Map<string, Incident[]>();
  for (const incident of data?.pages.flatMap((page) => page.items) ?? []) byService.set(incident.service, [...(byService.get(incident.service) ?? []), incident]);
  return byService;
}

export { usePolicies, usePools };
