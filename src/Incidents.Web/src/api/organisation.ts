import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, change, get, getTagged } from './client';
import { api, keys } from './keys';
import type { Page } from './types';

/** The named things of the organisation: what they are, and how each is read and changed as the configuration document writes it. */

export type Plural = 'services' | 'policies' | 'people' | 'teams' | 'integrations' | 'schedules' | 'pools' | 'calendars';

export interface Target {
  kind: 'schedule' | 'dependencies' | 'same-pool' | 'other-always-pools' | 'lead' | 'person' | 'roster' | 'team' | (string & {});
  /** Null: the service's own. */
  name: string | null;
  position: string | null;
}

export interface Level {
  page: Target[];
  /** `pool` or a length such as `2m`. Of the last resort: how often it pages. */
  timeout: string;
}

export interface Policy {
  name: string;
  /** Whose managers change it; null: those with rights everywhere. */
  team?: string | null;
  levels: Level[];
  /** Passes more, after the first. */
  repeat: number;
  lastResort: Level | null;
}

export interface Pool {
  name: string;
  rank: number;
  mtta: string;
  levelTimeout: string | null;
  slo: number | null;
  coverage: 'always' | 'business-hours' | (string & {});
  policy: string | null;
  firstLineDeadline: string | null;
  acknowledgeTtl: string | null;
}

export type Document = Record<string, unknown>;

export interface Change {
  kind: string;
  name: string;
  action: 'create' | 'update' | 'delete' | (string & {});
  paths: string[];
}

export interface Edited {
  applied: boolean;
  version: number;
  item: Document | null;
  changes: Change[];
  generatedKeys: { integration: string; key: string; url: string }[] | null;
}

const settled = { staleTime: 60_000 } as const;

const items = <T>(path: string) => async ({ signal }: { signal: AbortSignal }): Promise<T[]> => (await get<Page<T>>(path, signal)).items;

export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: items<Policy>(`${api}/policies?limit=1000`), ...settled });

export const usePools = () => useQuery({ queryKey: ['pools'], queryFn: items<Pool>(`${api}/pools?limit=1000`), ...settled });

export const pathOf = (plural: Plural, name: string): string => `${api}/${plural}/${encodeURIComponent(name)}`;

/** A thing as the document writes it, with its version. */
export function useDocument(plural: Plural, name: string, enabled = true) {
  return useQuery({
    queryKey: ['document', plural, name],
    queryFn: ({ signal }) => getTagged<Document>(`${pathOf(plural, name)}?form=document`, signal),
    enabled,
    staleTime: 0,
  });
}

/** What a change would do, or everything that is wrong with it; changes nothing. */
export function usePlan(plural: Plural, name: string, body: Document | null) {
  return useQuery({
    queryKey: ['plan', plural, name, body],
    queryFn: async ({ signal }) => (await change<Edited>('PUT', `${pathOf(plural, name)}?dryRun=true`, body, { signal })).data,
    enabled: !!body && name !== '',
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 30_000,
  });
}

/** `etag` null: there must be none of this name yet. */
export function putDocument(plural: Plural, name: string, body: Document, etag: string | null | undefined, waiver = ''): Promise<Answer<Edited>> {
  const query = waiver ? `?waiver=${encodeURIComponent(waiver)}` : '';
  return change<Edited>('PUT', `${pathOf(plural, name)}${query}`, body, etag === null ? { ifNone: '*' } : { ifMatch: etag });
}

export const deleteDocument = (plural: Plural, name: string, etag?: string | null): Promise<Answer<Edited>> => change<Edited>('DELETE', pathOf(plural, name), undefined, { ifMatch: etag });

/** After a change of the organisation everything that was read of it is read again. */
export function useRefreshOrganisation(): () => void {
  const client = useQueryClient();
  return () => {
    for (const key of ['services', 'policies', 'pools', 'people', 'teams', 'document', 'audit', 'rules']) void client.invalidateQueries({ queryKey: [key] });
    for (const key of [keys.integrations, keys.schedules, keys.oncall]) void client.invalidateQueries({ queryKey: key });
  };
}
