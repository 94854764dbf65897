import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { serverNow } from '../lib/clock';
import { previewWindow } from '../lib/cover';
import { get, post, remove } from './client';
import { api, keys } from './keys';
import type {
  Calendar,
  Difference,
  EditAnswer,
  Fairness,
  Finding,
  NewOverride,
  Override,
  Schedule,
  Shift,
  Team,
  Temporary,
} from './scheduleTypes';
import type { Page } from './types';

/** Asks again when a minute is over: who is on call changes with the clock. */
const live = { refetchInterval: 60_000 } as const;

const pathOf = (schedule: string): string => `${api}/schedules/${encodeURIComponent(schedule)}`;

const interval = (from: number, to: number): string => `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;

const items = <T>(path: string) => async ({ signal }: { signal: AbortSignal }): Promise<T[]> => (await get<Page<T>>(path, signal)).items;

export function useSchedules() {
  return useQuery({ queryKey: [...keys.schedules, 'all'], queryFn: items<Schedule>(`${api}/schedules?limit=1000`) });
}

export function useSchedule(name: string) {
  return useQuery({ queryKey: [...keys.schedules, 'one', name], queryFn: ({ signal }) => get<Schedule>(pathOf(name), signal) });
}

/** Shifts and gaps that touch `[from, to)`, cut to it. */
export function useShifts(name: string, from: number, to: number, enabled = true) {
  return useQuery({
    queryKey: [...keys.schedules, 'shifts', name, from, to],
    queryFn: items<Shift>(`${pathOf(name)}/shifts?${interval(from, to)}`),
    placeholderData: keepPreviousData,
    enabled,
    ...live,
  });
}

/** The same of many schedules at once. */
export function useAllShifts(names: readonly string[], from: number, to: number): { shifts: Shift[]; pending: boolean } {
  return useQueries({
    queries: names.map((name) => ({
      queryKey: [...keys.schedules, 'shifts', name, from, to],
      queryFn: items<Shift>(`${pathOf(name)}/shifts?${interval(from, to)}`),
      staleTime: 60_000,
      ...live,
    })),
    combine: (answers) => ({ shifts: answers.flatMap(({ data }) => data ?? []), pending: answers.some(({ isPending }) => isPending) }),
  });
}

/** When nobody is on call within 90 days. */
export function useGaps(name: string) {
  return useQuery({ queryKey: [...keys.schedules, 'gaps', name], queryFn: items<Shift>(`${pathOf(name)}/gaps`) });
}

/** Overrides that are not over, by beginning. */
export function useOverrides(name: string) {
  return useQuery({ queryKey: [...keys.schedules, 'overrides', name], queryFn: items<Override>(`${pathOf(name)}/overrides`) });
}

export function useTemporary(name: string) {
  return useQuery({ queryKey: [...keys.schedules, 'temporary', name], queryFn: items<Temporary>(`${pathOf(name)}/temporary`) });
}

/** Breaches of staffing limits in the next 90 days, of one schedule or of all. */
export function useFindings(schedule?: string) {
  return useQuery({
    queryKey: [...keys.schedules, 'findings', schedule ?? null],
    queryFn: items<Finding>(`${api}/limits/findings?limit=1000${schedule ? `&schedule=${encodeURIComponent(schedule)}` : ''}`),
    staleTime: 60_000,
  });
}

export function useFairness(schedule: string, from: number, to: number) {
  return useQuery({
    queryKey: [...keys.schedules, 'fairness', schedule, from, to],
    queryFn: ({ signal }) => get<Fairness>(`${api}/fairness?schedule=${encodeURIComponent(schedule)}&${interval(from, to)}`, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

const settled = { staleTime: 5 * 60_000 } as const;

export function useTeams() {
  return useQuery({ queryKey: ['teams'], queryFn: items<Team>(`${api}/teams?limit=1000`), ...settled });
}

export function useCalendars() {
  return useQuery({ queryKey: ['calendars'], queryFn: items<Calendar>(`${api}/calendars?limit=1000`), ...settled });
}

/** Whatever depends on schedules is fetched again after a change of one, the list of who is on call too. */
export function useRefreshSchedules(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: keys.schedules });
    void client.invalidateQueries({ queryKey: keys.oncall });
  };
}

export function useCreateOverride() {
  const refresh = useRefreshSchedules();
  return useMutation({
    mutationFn: ({ override, waiver }: { override: NewOverride; waiver?: string }) =>
      post<EditAnswer>(`${pathOf(override.schedule)}/overrides`, { ...override, waiver: waiver || undefined }),
    onSuccess: refresh,
  });
}

export function useDeleteOverride() {
  const refresh = useRefreshSchedules();
  return useMutation({ mutationFn: (id: string) => remove<EditAnswer>(`${api}/overrides/${id}`), onSettled: refresh });
}

/** Compares a draft override with what is in force, over 90 days, so that limits and fairness have something to go by; changes nothing. */
export function usePreview(override: NewOverride | null) {
  return useQuery({
    queryKey: [...keys.schedules, 'preview', override],
    queryFn: ({ signal }) =>
      post<Difference>(`${api}/schedules/preview`, { overrides: [override], ...previewWindow(override, serverNow()) }, signal),
    enabled: !!override,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 30_000,
  });
}
