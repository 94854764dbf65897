import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from './client';
import { api } from './keys';
import type { Document } from './organisation';
import type { Page } from './types';

export interface AuditItem {
  at: string;
  version: number;
  actor: string;
  via: string;
  kind: string;
  name: string;
  action: 'create' | 'update' | 'delete' | (string & {});
  id: string;
  before: Document | null;
  after: Document | null;
  waiver: { reason: string; faults: { path: string; message: string }[] } | null;
}

export interface AuditFilters {
  kind: string;
  name: string;
  actor: string;
  /** Dates of the viewer, both inclusive; '' is open. */
  from: string;
  to: string;
}

/** The latest change first. Instants; `to` is exclusive. */
export function useAudit({ kind, name, actor }: AuditFilters, from: string, to: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['audit', kind, name, actor, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50' });
      for (const [key, value] of Object.entries({ kind, name, actor, from, to, cursor: pageParam })) if (value) query.set(key, value);
      return get<Page<AuditItem>>(`${api}/audit?${query}`, signal);
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor || null,
    placeholderData: keepPreviousData,
    enabled,
  });
}
