import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, change, get, getTagged, post, remove } from './client';
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

/** A contact and what is known of it. */
export interface ContactState {
  person: string;
  name: string;
  kind: string;
  address: string;
  verifiedAt: string | null;
  code: { sentAt: string; expiresAt: string; triesLeft: number; state: string | null; why: string | null } | null;
  problem: 'noChannel' | 'unsubscribed' | null;
}

/** Of myself, or (managers) of somebody; polled while a code is out. */
export function useContactStates(login: string, enabled = true) {
  return useQuery({
    queryKey: [...mine, 'states', login],
    queryFn: async ({ signal }) => (await get<{ items: ContactState[] }>(`${api}/contacts?person=${encodeURIComponent(login)}`, signal)).items,
    enabled,
    refetchInterval: (query) => (query.state.data?.some(({ code }) => code) ? 2_000 : false),
  });
}

/** Contacts of everybody that are not verified; for managers. */
export const useUnverified = (enabled: boolean) =>
  useQuery({ queryKey: [...mine, 'unverified'], queryFn: async ({ signal }) => (await get<{ items: ContactState[] }>(`${api}/contacts?verified=false`, signal)).items, enabled, staleTime: 60_000 });

/** What is sound in the organisation and should not stay so. */
export const useWarnings = () =>
  useQuery({ queryKey: ['people', 'warnings'], queryFn: async ({ signal }) => (await get<{ items: { path: string; message: string }[] }>(`${api}/config/warnings`, signal)).items, staleTime: 60_000 });

const contact = (name: string): string => `${api}/me/contacts/${encodeURIComponent(name)}`;

export const sendCode = (name: string): Promise<ContactState> => post<ContactState>(`${contact(name)}/code`);

export const giveCode = (name: string, code: string): Promise<ContactState> => post<ContactState>(`${contact(name)}/verify`, { code });

export interface TestRun {
  id: string;
  steps: { contact: string; kind: string; address: string; state: string; why: string | null; dueAt: string | null; sentAt: string | null; doneAt: string | null }[];
  over: boolean;
}

export const startTest = (what: { contact: string } | { urgency: 'high' | 'low' }): Promise<TestRun> => post<TestRun>(`${api}/me/tests`, what);

export const stopTest = (id: string): Promise<TestRun> => post<TestRun>(`${api}/me/tests/${id}/stop`);

/** How a test stands; asked every second until it is over. */
export function useTestRun(begun: TestRun) {
  return useQuery({
    queryKey: [...mine, 'test', begun.id],
    queryFn: ({ signal }) => get<TestRun>(`${api}/me/tests/${begun.id}`, signal),
    initialData: begun,
    refetchInterval: (query) => (query.state.data?.over ? false : 1_000),
  });
}

export interface Pin {
  setAt: string;
  lockedUntil: string | null;
}

/** Null: none is set. */
export const usePin = () =>
  useQuery({
    queryKey: [...mine, 'pin'],
    queryFn: ({ signal }) => get<Pin | null>(`${api}/me/pin`, signal),
  });

export const setPin = (pin: string): Promise<Answer<unknown>> => change('PUT', `${api}/me/pin`, { pin });

export const removePin = (): Promise<unknown> => remove(`${api}/me/pin`);
