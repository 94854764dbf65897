import type { Incident, TimelineEntry } from '../api/types';

/** What the system will do by itself, and when. */
export type NextStep =
  | { kind: 'pagingStarts'; at: string }
  | { kind: 'firstPage'; at: string }
  | { kind: 'nextLevel'; at: string; level: number }
  | { kind: 'nextPass'; at: string; pass: number }
  /** `again`: it runs already and comes round once more. */
  | { kind: 'lastResort'; at: string; again: boolean }
  | { kind: 'decisionDeadline'; at: string }
  | { kind: 'pagesAgain'; at: string }
  | { kind: 'wakes'; at: string }
  | { kind: 'nothing' };

export function nextStep(incident: Incident, now: number): NextStep {
  const { status, nextStepAt: at } = incident;
  if (status === 'resolved') return { kind: 'nothing' };
  if (status === 'triggered' && incident.pagingStartsAt && Date.parse(incident.pagingStartsAt) > now)
    return { kind: 'pagingStarts', at: incident.pagingStartsAt };
  if (!at) return { kind: 'nothing' };
  switch (status) {
    case 'triage':
      return { kind: 'decisionDeadline', at };
    case 'acknowledged':
      return { kind: 'pagesAgain', at };
    case 'snoozed':
      return { kind: 'wakes', at };
    case 'triggered':
      return afterLevel(incident, at);
  }
}

function afterLevel({ level, levels, pass, passes }: Incident, at: string): NextStep {
  if (!level) return { kind: 'firstPage', at };
  if (level < levels) return { kind: 'nextLevel', at, level: level + 1 };
  const now = pass ?? 1;
  if (level === levels && now < passes) return { kind: 'nextPass', at, pass: now + 1 };
  return { kind: 'lastResort', at, again: level > levels };
}

export type PageState = 'requested' | 'sent' | 'delivered' | 'answered' | 'failed';

export interface PagedPerson {
  person: string;
  /** The latest that is known of each channel; empty while nothing has been sent, or once it was called off. */
  pages: { channel: string | null; state: PageState }[];
}

const pageStates: Record<string, PageState> = {
  pageRequested: 'requested',
  pageSent: 'sent',
  delivered: 'delivered',
  answered: 'answered',
  pageFailed: 'failed',
};

/** Where paging begins anew: what was sent before says nothing about now. */
const beginnings = new Set(['opened', 'unacknowledged', 'reopened']);

const callsFirst = (a: { channel: string | null }, b: { channel: string | null }): number => Number(b.channel === 'voice') - Number(a.channel === 'voice');

/**
 * Who is paged by the running level: those with a page since it started, and those whom the incident itself names (`also`).
 * A page stays open across levels, so what earlier levels sent to them counts as well.
 */
export function pagedNow(timeline: readonly TimelineEntry[], also: readonly string[] = []): PagedPerson[] {
  const ordered = [...timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const sent = new Map<string, Map<string | null, PageState>>();
  const level = new Set<string>();
  for (const { kind, person, channel } of ordered) {
    if (beginnings.has(kind)) sent.clear();
    if (beginnings.has(kind) || kind === 'levelStarted') level.clear();
    if (!person) continue;
    const state = pageStates[kind];
    const channels = sent.get(person) ?? new Map<string | null, PageState>();
    if (state) {
      sent.set(person, channels.set(channel, state));
      level.add(person);
    } else if (kind === 'pageCanceled') {
      channels.delete(channel);
    }
  }
  return [...new Set([...level, ...also])].map((person) => ({
    person,
    pages: [...(sent.get(person) ?? [])].map(([channel, state]) => ({ channel, state })).sort(callsFirst),
  }));
}
