import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';

/** A phone of the built-in simulator. Its pages and its API are for the machine that the server runs on. */
export interface SimulatedPhone {
  number: string;
  state: 'idle' | 'ringing' | 'talking';
  call: { keys: string; said: { kind: string; text: string; language?: string | null }[] } | null;
  past: { id: string; kind: 'call' | 'text'; mine: boolean; text?: string; outcome?: string }[];
}

const path = (number: string): string => `/simulator/api/phones/${encodeURIComponent(number)}`;

export function usePhone(number: string) {
  return useQuery({ queryKey: ['phone', number], queryFn: ({ signal }) => get<SimulatedPhone>(path(number), signal), refetchInterval: 700, retry: false });
}

export function usePhoneAction(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, digit }: { verb: 'answer' | 'decline' | 'hangup' | 'press'; digit?: string }) => post<SimulatedPhone>(`${path(number)}/${verb}`, digit ? { digit } : {}),
    onSuccess: (phone) => client.setQueryData(['phone', number], phone),
    // The call may have ended meanwhile: what is so now is shown, nothing needs to be said.
    onError: () => client.invalidateQueries({ queryKey: ['phone', number] }),
  });
}
