import type { QueryClient } from '@tanstack/react-query';

export const api = '/api/v1';

export const keys = {
  incidents: ['incidents'] as const,
  incident: (number: string) => ['incident', number] as const,
  timeline: (number: string) => ['timeline', number] as const,
  failed: ['failed'] as const,
  parked: ['parked'] as const,
  oncall: ['oncall'] as const,
  integrations: ['integrations'] as const,
  /** Everything that depends on who is on call when; one change of a schedule may touch all of it. */
  schedules: ['schedules'] as const,
};

/** Whatever lists incidents is fetched again. */
export function refreshLists(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.incidents });
  void client.invalidateQueries({ queryKey: keys.failed });
}

/** The page of this incident is fetched again. */
export function refreshIncident(client: QueryClient, number: number): void {
  void client.invalidateQueries({ queryKey: keys.incident(String(number)) });
  void client.invalidateQueries({ queryKey: keys.timeline(String(number)) });
}
