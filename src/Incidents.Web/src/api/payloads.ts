import { useQuery } from '@tanstack/react-query';
import { get } from './client';
import { api } from './keys';
import type { Page } from './types';

export type Outcome = 'waiting' | 'opened' | 'joined' | 'repeat' | 'recorded' | 'reopened' | 'resolved' | 'resolvedUnknown' | 'late' | 'dropped' | 'heartbeat' | 'parked';

export interface PayloadAlert {
  id: string;
  title: string;
  key: string;
  status: 'firing' | 'resolved';
  outcome: Outcome;
  incident: number | null;
  rule: string | null;
}

/** One request that an integration received. */
export interface Payload {
  id: string;
  receivedAt: string;
  source: string;
  status: number;
  /** Why it was refused; null: it was taken. */
  reason: string | null;
  title: string | null;
  errors: { path: string; message: string }[];
  size: number | null;
  contentType: string | null;
  agent: string | null;
  body: string;
  bodyCut: boolean;
  alertCount: number;
  alerts: PayloadAlert[];
}

/** Newest first, looked for anew every two seconds: whoever looks is waiting for the next. */
export const usePayloads = (integration: string) =>
  useQuery({
    queryKey: ['payloads', integration],
    queryFn: async ({ signal }) => (await get<Page<Payload>>(`${api}/integrations/${encodeURIComponent(integration)}/payloads`, signal)).items,
    refetchInterval: 2_000,
    staleTime: 0,
  });
