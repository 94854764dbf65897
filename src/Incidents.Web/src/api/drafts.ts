import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ScheduleEdit } from '../lib/draft';
import { get, post, remove } from './client';
import { api, keys } from './keys';
import type { Difference, FeedAddress, Shift, Swap } from './scheduleTypes';
import type { Page } from './types';

/** One layer by itself, as if nothing lay over it. */
export interface LayerLine {
  name: string;
  position: string;
  level: number;
  items: { people: string[]; from: string; until: string }[];
}

export interface ScheduleTimeline {
  /** The server's mark of what is in force. */
  basis: string | null;
  layers: LayerLine[];
  /** The final shifts and gaps. */
  items: Shift[];
  /** Absent for those who may not see them. */
  absences?: { person: string; from: string; to: string }[] | null;
}

export interface Published {
  version: number;
  basis: string | null;
  changes: { kind: string; name: string; action: string }[];
}

const pathOf = (schedule: string): string => `${api}/schedules/${encodeURIComponent(schedule)}`;
const iso = (at: number): string => new Date(at).toISOString();

/** Layers and final shifts of what is in force, cut to `[from, to)`. */
export function useTimeline(name: string, from: number, to: number, enabled = true) {
  return useQuery({
    queryKey: [...keys.schedules, 'timeline', name, from, to],
    queryFn: ({ signal }) => get<ScheduleTimeline>(`${pathOf(name)}/timeline?from=${iso(from)}&to=${iso(to)}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    enabled,
  });
}

/** The mark of what is in force, looked at every ten seconds: it tells when somebody else has changed the schedule. */
export function useBasis(name: string, now: number, enabled: boolean) {
  const from = Math.floor(now / 86_400_000) * 86_400_000;
  return useQuery({
    queryKey: [...keys.schedules, 'basis', name],
    queryFn: async ({ signal }) => (await get<ScheduleTimeline>(`${pathOf(name)}/timeline?from=${iso(from)}&to=${iso(from + 1)}`, signal)).basis,
    refetchInterval: 10_000,
    enabled,
  });
}

/** The same of a draft; changes nothing. */
export function useDraftTimeline(name: string, edit: ScheduleEdit | null, from: number, to: number) {
  return useQuery({
    queryKey: [...keys.schedules, 'draft timeline', name, edit, from, to],
    queryFn: ({ signal }) => post<ScheduleTimeline>(`${pathOf(name)}/timeline`, { ...edit, from: iso(from), to: iso(to) }, signal),
    enabled: !!edit,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
}

/** What a draft would change, reckoned by the server; changes nothing. */
export function useDraftDifference(edit: ScheduleEdit | null, from: number, to: number) {
  return useQuery({
    queryKey: [...keys.schedules, 'draft difference', edit, from, to],
    queryFn: ({ signal }) => post<Difference>(`${api}/schedules/preview`, { ...edit, from: iso(from), to: iso(to) }, signal),
    enabled: !!edit,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
}

export const publishDraft = (name: string, edit: ScheduleEdit, basis: string | null, waiver: string): Promise<Published> =>
  post<Published>(`${pathOf(name)}/publish`, { ...edit, basis: basis ?? undefined, waiver: waiver || undefined });

/** Swap requests of a schedule that nobody has answered yet. */
export function useOpenSwaps(name: string) {
  return useQuery({
    queryKey: [...keys.schedules, 'open swaps', name],
    queryFn: async ({ signal }) => (await get<Page<Swap>>(`${api}/swaps?schedule=${encodeURIComponent(name)}&status=open`, signal)).items,
    staleTime: 60_000,
  });
}

/** My address of a schedule's calendar: when it was made, a new one, none. */
export function useScheduleFeed(name: string) {
  const client = useQueryClient();
  const path = `${pathOf(name)}/calendar`;
  const key = ['feed', name];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => get<{ createdAt: string } | null>(path, signal) });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  const make = useMutation({ mutationFn: () => post<FeedAddress>(path), onSuccess: again });
  const drop = useMutation({ mutationFn: () => remove<unknown>(path), onSuccess: again });
  return { query, make, remove: drop };
}
