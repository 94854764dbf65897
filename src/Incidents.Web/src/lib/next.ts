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
