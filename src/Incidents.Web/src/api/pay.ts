import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { change, get, getTagged } from './client';
import { api } from './keys';
import type { Money, ShiftClass, Statement } from './scheduleTypes';
import type { Page } from './types';

export interface PeriodItem {
  period: string;
  /** Dates; `to` is exclusive. */
  from: string;
  to: string;
  status: 'draft' | 'approved' | 'exported';
  approvedAt: string | null;
  approvedBy: string | null;
  exportedAt: string | null;
  exportedBy: string | null;
}

export interface Period extends PeriodItem {
  hash: string;
  totals: Money[];
  adjusted: Money[];
  people: { login: string; name: string; removed: boolean; totals: Money[]; hours: Partial<Record<ShiftClass, string>> }[];
  unpaid: { login: string; name: string; hours: string; reasons: string[] }[];
  /** Incidents that somebody still holds. */
  open: number;
}

const pathOf = (period: string): string => `${api}/pay/periods/${encodeURIComponent(period)}`;

export const csvOf = (period: string): string => `${pathOf(period)}/export.csv`;

export function usePeriods(enabled: boolean) {
  return useQuery({ queryKey: ['pay', 'periods'], queryFn: async ({ signal }) => (await get<Page<PeriodItem>>(`${api}/pay/periods?limit=24`, signal)).items, enabled });
}

/** A period with the version that was read: approving sends it, so that what was seen is what is approved. */
export function usePeriod(period: string, enabled: boolean) {
  return useQuery({ queryKey: ['pay', 'period', period], queryFn: ({ signal }) => getTagged<Period>(pathOf(period), signal), enabled: enabled && period !== '', staleTime: 30_000 });
}

export function useStatement(period: string, login: string, enabled: boolean) {
  return useQuery({ queryKey: ['pay', 'statement', period, login], queryFn: ({ signal }) => get<Statement>(`${pathOf(period)}/statements/${encodeURIComponent(login)}`, signal), enabled });
}

/** `approve` with the version that was seen; `export` notes that an approved period went to payroll. */
export function usePeriodStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ period, step, etag }: { period: string; step: 'approve' | 'export'; etag?: string | null }) => (await change<Period>('POST', `${pathOf(period)}/${step}`, {}, { ifMatch: etag })).data,
    onSettled: () => client.invalidateQueries({ queryKey: ['pay'] }),
  });
}
