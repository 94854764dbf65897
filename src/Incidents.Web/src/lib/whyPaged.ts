import type { Duty, TimelineEntry } from '../api/types';

export interface Why {
  /** The level that paged them, from 1. */
  level: number;
  /** When it began. */
  at: string;
}

const pages = new Set(['pageRequested', 'pageSent', 'delivered', 'answered', 'pageFailed', 'pageCanceled']);

/** By which level a person was paged last; null: they were not. */
export function pagedBy(timeline: readonly TimelineEntry[], login: string): Why | null {
  const ordered = [...timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const mine = ordered.findLastIndex(({ kind, person }) => person === login && pages.has(kind));
  const began = ordered.slice(0, mine + 1).findLast(({ kind }) => kind === 'levelStarted');
  return began ? { level: began.level ?? 1, at: began.at } : null;
}

/** What they were on call for then: that of the service's own schedule first. */
export const dutiesOf = (duties: readonly Duty[], login: string, own: string | null): Duty[] =>
  duties.filter((duty) => duty.people.includes(login)).sort((a, b) => Number(b.schedule === own) - Number(a.schedule === own));
