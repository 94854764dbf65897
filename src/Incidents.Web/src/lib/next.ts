import type { Incident, Policy, TimelineEntry } from '../api/types';

/** What the system will do by itself, and when. */
export type NextStep =
  | { kind: 'pagingStarts'; at: string }
  | { kind: 'firstPage'; at: string }
  /** `level` is null where the policy's length is not known: there may be a new pass instead. */
  | { kind: 'nextLevel'; at: string; level: number | null }
  | { kind: 'nextPass'; at: string; pass: number }
  /** `again`: it runs already and comes round once more. */
  | { kind: 'lastResort'; at: string; again: boolean }
  | { kind: 'decisionDeadline'; at: string }
  | { kind: 'pagesAgain'; at: string }
  | { kind: 'wakes'; at: string }
  | { kind: 'nothing' };

/** `policy` where it is known; without it a next level is promised without its number. */
export function nextStep(incident: Incident, now: number, policy?: Pick<Policy, 'levels' | 'repeat'>): NextStep {
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
      return afterLevel(incident, at, policy);
  }
}

function afterLevel({ level, pass }: Incident, at: string, policy?: Pick<Policy, 'levels' | 'repeat'>): NextStep {
  if (!level) return { kind: 'firstPage', at };
  if (!policy) return { kind: 'nextLevel', at, level: null };
  const last = policy.levels.length;
  if (level < last) return { kind: 'nextLevel', at, level: level + 1 };
  const passes = pass ?? 1;
  if (level === last && passes <= policy.repeat) return { kind: 'nextPass', at, pass: passes + 1 };
  return { kind: 'lastResort', at, again: level > last };
}

export type PageState = 'requested' | 'sent' | 'delivered' | 'answered' | 'failed';

export interface PagedPerson {
  person: string;
  channel: string | null;
  state: PageState;
  at: string | null;
}

const pageStates: Record<string, PageState> = {
  pageRequested: 'requested',
  pageSent: 'sent',
  delivered: 'delivered',
  answered: 'answered',
  pageFailed: 'failed',
};

/**
 * Who has been paged since the running level started: each person once, with the latest that is known; then those whom the
 * incident names (`also`) though nothing has been sent to them yet.
 */
export function pagedNow(timeline: readonly TimelineEntry[], also: readonly string[] = []): PagedPerson[] {
  const ordered = [...timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const start = ordered.findLastIndex((entry) => entry.kind === 'levelStarted');
  const people = new Map<string, PagedPerson>();
  for (const entry of ordered.slice(Math.max(0, start))) {
    const state = pageStates[entry.kind];
    if (!state || !entry.person) continue;
    people.set(entry.person, { person: entry.person, channel: entry.channel, state, at: entry.at });
  }
  for (const person of also) if (!people.has(person)) people.set(person, { person, channel: null, state: 'requested', at: null });
  return [...people.values()];
}
