import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, change, get, getTagged } from './client';
import { api } from './keys';

/** How one wants to be reached oneself: contacts, rules, quiet hours. */

export interface OwnContact {
  name: string;
  kind: string;
  address: string;
  /** Its former name, so that rules keep their steps under the new one. */
  formerly?: string;
}

export interface OwnContacts {
  contacts: OwnContact[];
  /** What pools ask of somebody on their rosters. */
  needs: { pool: string; kind: string; met: boolean }[];
}

export interface Step {
  contact: string;
  /** Counts from the page: `0s`, `2m`. */
  after: string;
}

export interface QuietHours {
  from: string;
  to: string;
  days: string[];
  zone?: string | null;
}

export interface OwnRules {
  high: Step[];
  /** Null: as high. */
  low: Step[] | null;
  quietHours: QuietHours | null;
  /** Whose local times quiet hours without a zone are in. */
  zone?: string;
}

export interface PreviewOf {
  steps: { contact: string; kind: string; address: string; at: string; usable: boolean }[];
  quietUntil: string | null;
}

export interface PagePreview {
  at: string;
  high: PreviewOf;
  low: PreviewOf;
  away: { until: string; handOver: string | null } | null;
}

const mine = ['mine'] as const;

export const useMyContacts = () => useQuery({ queryKey: [...mine, 'contacts'], queryFn: ({ signal }) => getTagged<OwnContacts>(`${api}/me/contacts`, signal) });

export const useMyRules = () => useQuery({ queryKey: [...mine, 'rules'], queryFn: ({ signal }) => getTagged<OwnRules>(`${api}/me/rules`, signal) });

export const usePagePreview = () => useQuery({ queryKey: [...mine, 'preview'], queryFn: ({ signal }) => get<PagePreview>(`${api}/me/preview`, signal), refetchInterval: 60_000 });

export const putContacts = (contacts: OwnContact[], ifMatch: string | null): Promise<Answer<unknown>> => change('PUT', `${api}/me/contacts`, { contacts }, { ifMatch });

export const putRules = ({ high, low, quietHours }: OwnRules, ifMatch: string | null): Promise<Answer<unknown>> =>
  change('PUT', `${api}/me/rules`, { high, low: low ?? undefined, quietHours: quietHours ?? undefined }, { ifMatch });

/** After a change of oneself everything that shows people is read again. */
export function useRefreshMine(): () => void {
  const client = useQueryClient();
  return () => {
    for (const key of [mine, ['people'], ['document'], ['audit']]) void client.invalidateQueries({ queryKey: key });
  };
}
