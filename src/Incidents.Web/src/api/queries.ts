import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Asked, toQuery } from '../lib/filters';
import { get, getAnyStatus, post } from './client';
import { api, keys, refreshIncident, refreshLists } from './keys';
import { useLive } from './live';
import type {
  Duty,
  FailedPage,
  Health,
  Incident,
  Integration,
  Me,
  NewIncident,
  Page,
  ParkedMessage,
  Person,
  Service,
  TimelineEntry,
} from './types';

/** A safety net under the live connection: slow while it stands, quick while it is broken. */
function usePolling(): { refetchInterval: number } {
  return { refetchInterval: useLive() === 'live' ? 60_000 : 10_000 };
}

export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>(`${api}/me`, signal), staleTime: Infinity });
}

export function useIncidents(filters: Asked) {
  const { bucket, service, pool } = filters;
  return useInfiniteQuery({
    queryKey: [...keys.incidents, bucket, service, pool],
    queryFn: ({ pageParam, signal }) => get<Page<Incident>>(`${api}/incidents?${toQuery(filters, pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor || null,
    placeholderData: keepPreviousData,
    ...usePolling(),
    refetchIntervalInBackground: true, // the count in the tab's title stays true
  });
}

/** What the server finds by title among incidents that are not loaded; nothing is asked while everything is. */
export function useOlderMatches(filters: Asked & { search: string }, enabled: boolean) {
  const { bucket, service, pool, search } = filters;
  return useQuery({
    queryKey: ['olderMatches', bucket, service, pool, search],
    queryFn: async ({ signal }) => (await get<Page<Incident>>(`${api}/incidents?${toQuery(filters)}`, signal)).items,
    enabled: enabled && search.length > 1,
  });
}

export function useIncident(number: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.incident(number),
    queryFn: ({ signal }) => get<Incident>(`${api}/incidents/${encodeURIComponent(number)}`, signal),
    ...usePolling(),
  });
}

export function useTimeline(number: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.timeline(number),
    queryFn: async ({ signal }) =>
      (await get<Page<TimelineEntry>>(`${api}/incidents/${encodeURIComponent(number)}/timeline`, signal)).items,
    ...usePolling(),
  });
}

export function useFailedPages() {
  return useQuery({
    queryKey: keys.failed,
    queryFn: async ({ signal }) => (await get<Page<FailedPage>>(`${api}/pages/failed`, signal)).items,
    ...usePolling(),
  });
}

export function useParked() {
  return useQuery({
    queryKey: keys.parked,
    queryFn: async ({ signal }) => (await get<Page<ParkedMessage>>(`${api}/messages/parked`, signal)).items,
    refetchInterval: 30_000,
  });
}

export function useOnCall(at: string) {
  return useQuery({
    queryKey: [...keys.oncall, at],
    queryFn: async ({ signal }) =>
      (await get<Page<Duty>>(`${api}/oncall${at ? `?at=${encodeURIComponent(at)}` : ''}`, signal)).items,
    placeholderData: keepPreviousData,
    refetchInterval: at ? false : 60_000,
  });
}

export function useIntegrations() {
  return useQuery({
    queryKey: keys.integrations,
    queryFn: async ({ signal }) => (await get<Page<Integration>>(`${api}/integrations`, signal)).items,
    refetchInterval: 30_000,
  });
}

const organisation = { staleTime: 5 * 60_000, refetchOnWindowFocus: true } as const;

const people = {
  queryKey: ['people'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await get<Page<Person>>(`${api}/people?limit=1000`, signal)).items,
  ...organisation,
};

/** Everybody's full name by login. */
export function usePeople() {
  return useQuery({ ...people, select: nameByLogin });
}

export function usePerson(login: string) {
  return useQuery({ ...people, select: (all) => all.find((person) => person.login === login) });
}

/** Everybody, by login. */
export function useEverybody() {
  return useQuery(people);
}

const nameByLogin = (people: Person[]): Map<string, string> => new Map(people.map(({ login, name }) => [login, name]));

export function useServices() {
  return useQuery({
    queryKey: ['services'],
    queryFn: async ({ signal }) => (await get<Page<Service>>(`${api}/services?limit=1000`, signal)).items,
    ...organisation,
  });
}

export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getAnyStatus<Health>('/health/ready', signal),
    refetchInterval: 10_000,
  });
}

export type IncidentAction = 'acknowledge' | 'resolve' | 'escalate' | 'snooze' | 'notes';

export interface ActionRequest {
  incident: Pick<Incident, 'id' | 'number'> & Partial<Pick<Incident, 'title' | 'service' | 'severity'>>;
  action: IncidentAction;
  note?: string;
  until?: string;
}

/** Puts the incident that an action answered with wherever it is shown, before the refetch confirms it. */
function place(client: QueryClient, incident: Incident): void {
  client.setQueryData<Incident>(keys.incident(String(incident.number)), (old) => ({ ...old, ...incident }));
  client.setQueriesData<InfiniteData<Page<Incident>>>({ queryKey: keys.incidents }, (old) =>
    old && {
      ...old,
      pages: old.pages.map((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === incident.id ? { ...item, ...incident, alerts: undefined } : item)),
      })),
    },
  );
}

export function useIncidentAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ incident, action, note, until }: ActionRequest) =>
      // Half a connection is none: an acknowledge that hangs is given up, and kept to be sent again.
      post<Incident | undefined>(`${api}/incidents/${incident.id}/${action}`, { note: note || undefined, until }, action === 'acknowledge' ? AbortSignal.timeout(8_000) : undefined),
    onSuccess: (answer) => {
      if (answer?.id && answer.status) place(client, answer);
    },
    onSettled: (_answer, _error, { incident }) => {
      refreshLists(client);
      refreshIncident(client, incident.number);
    },
  });
}

export function useDeclare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (incident: NewIncident) => post<Incident>(`${api}/incidents`, incident),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.incidents }),
  });
}

export function useTestAlert() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<{ accepted: number; ids: string[] }>(`${api}/test-alert`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.incidents }),
  });
}

export function useParkedAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'replay' | 'discard' }) =>
      post<unknown>(`${api}/messages/${encodeURIComponent(id)}/${action}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.parked }),
  });
}
