import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { change, get, post, remove } from './client';
import { api } from './keys';
import type { Page } from './types';

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  backedUp: boolean;
}

/** How I sign in. */
export interface Account {
  login: string;
  name: string;
  email: string | null;
  passwords: boolean;
  passwordLength: number;
  hasPassword: boolean;
  passwordAt: string | null;
  totp: boolean;
  recoveryCodesLeft: number;
  passkeys: Passkey[];
}

export interface Session {
  id: string;
  person: string | null;
  method: 'key' | 'demo' | 'password' | 'passkey' | 'openId';
  browser: string;
  address: string | null;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  current: boolean;
}

export const scopes = ['read', 'incidents', 'schedules', 'config', 'pay'] as const;
export type Scope = (typeof scopes)[number];

export interface Key {
  id: string;
  name: string;
  person: string | null;
  role: string;
  scopes: Scope[] | null;
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  expiry: 'none' | 'later' | 'soon' | 'expired';
}

export interface NewKey {
  name: string;
  person?: string | null;
  role?: string;
  scopes?: Scope[];
  expiresAt?: string;
}

export interface AccessChange {
  id: number;
  at: string;
  actor: string;
  action: string;
  person: string | null;
  detail: string | null;
  address: string | null;
}

/** How somebody else signs in, for admins. */
export interface PersonAccount {
  login: string;
  email: string | null;
  hasPassword: boolean;
  totp: boolean;
  passkeys: number;
  sessions: number;
  signedInAt: string | null;
  invitedUntil: string | null;
  lockedUntil: string | null;
}

export interface Invitation {
  email: string | null;
  link: string;
  expiresAt: string;
}

const mine = `${api}/account`;
const keys = { all: ['account'] as const, person: (login: string) => ['account', 'person', login] as const };

/** Refused with 409 for a caller who is no person, such as the first key. */
export const useAccount = () => useQuery({ queryKey: [...keys.all, 'mine'], queryFn: ({ signal }) => get<Account>(mine, signal) });

export const useSessions = () => useQuery({ queryKey: [...keys.all, 'sessions'], queryFn: async ({ signal }) => (await get<Page<Session>>(`${api}/sessions?limit=100`, signal)).items, refetchInterval: 60_000 });

export const useKeys = () => useQuery({ queryKey: [...keys.all, 'keys'], queryFn: async ({ signal }) => (await get<Page<Key>>(`${api}/keys?limit=200`, signal)).items });

/** `person` empty: what I may see. */
export const useAccessChanges = (person: string) =>
  useInfiniteQuery({
    queryKey: [...keys.all, 'changes', person],
    queryFn: ({ pageParam, signal }) => get<Page<AccessChange>>(`${api}/audit/access?limit=10${person && `&person=${encodeURIComponent(person)}`}${pageParam ? `&cursor=${pageParam}` : ''}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor || null,
  });

/** Any change of the account; everything that shows it is fetched again. */
export function useAccountChange<T, V = void>(run: (given: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSuccess: () => client.invalidateQueries({ queryKey: keys.all }) });
}

export const confirmPassword = (password: string): Promise<unknown> => post(`${mine}/confirm`, { password });
export const setPassword = (body: { currentPassword?: string; newPassword: string }): Promise<unknown> => change('PUT', `${mine}/password`, body);
export const startTotp = (): Promise<{ secret: string; address: string }> => post(`${mine}/totp`);
export const turnOnTotp = async (code: string): Promise<string[]> => (await change<{ codes: string[] }>('PUT', `${mine}/totp`, { code })).data.codes;
export const turnOffTotp = (): Promise<unknown> => remove(`${mine}/totp`);
export const makeCodes = async (): Promise<string[]> => (await post<{ codes: string[] }>(`${mine}/recovery-codes`)).codes;
export const removePasskey = (id: string): Promise<unknown> => remove(`${mine}/passkeys/${id}`);
export const endSession = (id: string): Promise<unknown> => remove(`${api}/sessions/${id}`);
export const endOtherSessions = (): Promise<unknown> => remove(`${api}/sessions`);
export const makeKey = (key: NewKey): Promise<{ key: string }> => post(`${api}/keys`, key);
export const revokeKey = (id: string): Promise<unknown> => remove(`${api}/keys/${id}`);

/** Asks the browser's authenticator for a passkey and hands it in. */
export async function addPasskey(name: string): Promise<unknown> {
  const { token, options } = await post<{ token: string; options: PublicKeyCredentialCreationOptionsJSON }>(`${mine}/passkeys/options`);
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) })) as PublicKeyCredentialDescriptor[],
    } as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return post(`${mine}/passkeys`, {
    token,
    name,
    credential: {
      id: made.id,
      rawId: base64url(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response: { clientDataJSON: base64url(response.clientDataJSON), attestationObject: base64url(response.attestationObject), transports: response.getTransports?.() ?? [] },
    },
  });
}

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const base64url = (buffer: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

const of = (login: string): string => `${api}/people/${encodeURIComponent(login)}`;
export const usePersonAccount = (login: string, allowed: boolean) => useQuery({ queryKey: keys.person(login), queryFn: ({ signal }) => get<PersonAccount>(`${of(login)}/account`, signal), enabled: allowed });
export const invite = (login: string): Promise<Invitation> => post(`${of(login)}/invitation`);
export const removeAccount = (login: string): Promise<unknown> => remove(`${of(login)}/account`);
export const endSessionsOf = async (login: string): Promise<void> => {
  const { items } = await get<Page<Session>>(`${api}/sessions?limit=200&person=${encodeURIComponent(login)}`);
  for (const session of items) await endSession(session.id);
};
