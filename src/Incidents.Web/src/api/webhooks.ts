import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, change, get, getTagged, post, remove } from './client';
import { api } from './keys';

/** Who outside is told of what happens. docs/webhooks.md has the envelope. */

export interface Webhook {
  name: string;
  url: string;
  /** Masked, but for the answer to its creation. */
  secret: string;
  events: string[];
  teams: string[];
  pools: string[];
  services: string[];
  severities: string[];
  enabled: boolean;
  disabledAt: string | null;
  disabledReason: string | null;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  waiting: number;
  missed: number;
  createdAt: string;
  createdBy: string;
}

export interface Delivery {
  id: string;
  type: string;
  incident: number | null;
  state: 'waiting' | 'delivered' | 'failed' | 'held';
  error: string | null;
  status: number | null;
  answer: string | null;
  milliseconds: number | null;
  tries: number;
  createdAt: string;
  nextAt: string | null;
  body?: string | null;
}

export interface WebhookForm {
  name?: string;
  url: string;
  events: string[];
  pools: string[];
  services: string[];
  severities: string[];
}

/** The closed list of events (docs/webhooks.md). */
export const webhookEvents = [
  'incident.triggered', 'incident.acknowledged', 'incident.unacknowledged', 'incident.escalated', 'incident.levelStarted', 'incident.snoozed', 'incident.annotated', 'incident.alertJoined', 'incident.resolved', 'incident.reopened',
  'responder.paged', 'responder.answered', 'responder.unreached',
];

const all = `${api}/webhooks`;
const one = (name: string): string => `${all}/${encodeURIComponent(name)}`;
const key = ['webhooks'] as const;

export const useWebhooks = () => useQuery({ queryKey: key, queryFn: async ({ signal }) => (await get<{ items: Webhook[] }>(all, signal)).items, refetchInterval: 10_000 });

export const useDeliveries = (name: string, enabled: boolean) =>
  useQuery({ queryKey: [...key, name, 'deliveries'], queryFn: async ({ signal }) => (await get<{ items: Delivery[] }>(`${one(name)}/deliveries?limit=20`, signal)).items, enabled, refetchInterval: 5_000 });

export const useDelivery = (name: string, id: string) => useQuery({ queryKey: [...key, name, 'delivery', id], queryFn: ({ signal }) => get<Delivery>(`${one(name)}/deliveries/${id}`, signal) });

export const createWebhook = (form: WebhookForm): Promise<Webhook> => post<Webhook>(all, form);

/** As a whole, on top of what is there now; somebody else's change in between is refused. */
export async function changeWebhook(name: string, part: Partial<WebhookForm> & { enabled?: boolean }): Promise<Answer<Webhook>> {
  const { data, etag } = await getTagged<Webhook>(one(name));
  const { url, events, teams, pools, services, severities, enabled } = { ...data, ...part };
  return change<Webhook>('PUT', one(name), { url, events, teams, pools, services, severities, enabled }, { ifMatch: etag });
}

export const removeWebhook = (name: string): Promise<unknown> => remove(one(name));

export const testWebhook = (name: string): Promise<{ delivered: boolean; says: string; milliseconds: number }> => post(`${one(name)}/test`);

export const replayDelivery = (name: string, id: string): Promise<unknown> => post(`${one(name)}/deliveries/${id}/replay`);

export const replayMissed = (name: string): Promise<{ deliveries: number }> => post(`${one(name)}/replay`);

export function useRefreshWebhooks(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: key });
}
