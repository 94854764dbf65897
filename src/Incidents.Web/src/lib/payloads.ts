import type { Outcome, Payload } from '../api/payloads';

/** Alerts of one request that ended alike, told together. */
export interface Ending {
  outcome: Outcome;
  incident: number | null;
  rule: string | null;
  count: number;
}

/** What became of a request's alerts, in their order, those that ended alike as one. */
export function endings({ alerts }: Pick<Payload, 'alerts'>): Ending[] {
  const found = new Map<string, Ending>();
  for (const { outcome, incident, rule } of alerts) {
    const key = `${outcome} ${incident} ${rule}`;
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { outcome, incident, rule, count: 1 });
  }
  return [...found.values()];
}

/** "812 B", "3.4 KiB", "16 MiB". */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const [size, unit] = count < 1024 ** 2 ? [count / 1024, 'KiB'] : [count / 1024 ** 2, 'MiB'];
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${unit}`;
}
