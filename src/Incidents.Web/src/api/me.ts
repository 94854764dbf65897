import { useMutation, useQuery } from '@tanstack/react-query';
import { get, post, remove } from './client';
import { api, keys } from './keys';
import { useRefreshSchedules } from './schedules';
import type { Absence, EditAnswer, FeedAddress, NewSwap, PersonShifts, Statement, Swap } from './scheduleTypes';
import type { Page } from './types';

const of = (login: string): string => `${api}/people/${encodeURIComponent(login)}`;

/** A person's shifts over all schedules, 90 days from now. */
export function usePersonShifts(login: string) {
  return useQuery({
    queryKey: [...keys.schedules, 'person', login],
    queryFn: ({ signal }) => get<PersonShifts>(`${of(login)}/shifts`, signal),
    refetchInterval: 60_000,
  });
}

/** Swap requests that a person made, was asked for or took, newest first. */
export function useSwaps(login: string) {
  return useQuery({
    queryKey: [...keys.schedules, 'swaps', login],
    queryFn: async ({ signal }) => (await get<Page<Swap>>(`${api}/swaps?person=${encodeURIComponent(login)}`, signal)).items,
    refetchInterval: 60_000,
  });
}

export function useOfferSwap() {
  const refresh = useRefreshSchedules();
  return useMutation({
    mutationFn: ({ schedule, ...swap }: NewSwap) => post<Swap>(`${api}/schedules/${encodeURIComponent(schedule)}/swaps`, swap),
    onSuccess: refresh,
  });
}

export type SwapVerb = 'accept' | 'decline' | 'counter' | 'withdraw' | `counters/${number}/accept` | `counters/${number}/decline`;

export function useSwapVerb() {
  const refresh = useRefreshSchedules();
  return useMutation({
    mutationFn: ({ id, verb, body }: { id: string; verb: SwapVerb; body?: object }) => post<Swap>(`${api}/swaps/${id}/${verb}`, body),
    onSettled: refresh,
  });
}

export function useAbsences(login: string) {
  return useQuery({
    queryKey: [...keys.schedules, 'absences', login],
    queryFn: async ({ signal }) => (await get<Page<Absence>>(`${of(login)}/absences`, signal)).items,
  });
}

/** Dates are midnights in the person's own zone; `to` is exclusive. */
export function useAddAbsence(login: string) {
  const refresh = useRefreshSchedules();
  return useMutation({
    mutationFn: (absence: { from: string; to: string; reason?: string; handOver?: string }) => post<EditAnswer>(`${of(login)}/absences`, { person: login, ...absence }),
    onSuccess: refresh,
  });
}

export function useRemoveAbsence() {
  const refresh = useRefreshSchedules();
  return useMutation({ mutationFn: (id: string) => remove<EditAnswer>(`${api}/absences/${id}`), onSettled: refresh });
}

const feed = `${api}/me/calendar`;

/** When the calendar's address was made; null: there is none. */
export function useFeed() {
  return useQuery({
    queryKey: ['feed'],
    queryFn: ({ signal }) => get<{ createdAt: string } | null>(feed, signal),
  });
}

/** Makes a new address; the old one stops working. */
export const useResetFeed = () => useMutation({ mutationFn: () => post<FeedAddress>(feed) });

export const useRemoveFeed = () => useMutation({ mutationFn: () => remove<unknown>(feed) });

/** My statement of a period such as `2026-11`. */
export function useMyPay(period: string) {
  return useQuery({
    queryKey: ['pay', period],
    queryFn: ({ signal }) => get<Statement>(`${api}/pay/me?period=${encodeURIComponent(period)}`, signal),
    staleTime: 60_000,
  });
}
