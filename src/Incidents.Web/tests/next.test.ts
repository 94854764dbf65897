import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../src/api/types';
import { nextStep, pagedNow } from '../src/lib/next';
import { sampleIncident } from './samples';

const now = Date.parse('2026-11-21T10:00:30Z');
const at = '2026-11-21T10:02:00Z';

describe('what happens next', () => {
  it.each([
    ['the next level', { level: 1 }, { kind: 'nextLevel', at, level: 2 }],
    ['a new pass after the last level', { level: 3, pass: 2 }, { kind: 'nextPass', at, pass: 3 }],
    ['the last resort after the last pass', { level: 3, pass: 3 }, { kind: 'lastResort', at, again: false }],
    ['the last resort again and again', { level: 4, pass: 3 }, { kind: 'lastResort', at, again: true }],
    ['the first page', { level: 0 }, { kind: 'firstPage', at }],
    ['the decision deadline', { status: 'triage' }, { kind: 'decisionDeadline', at }],
    ['paging again after an idle acknowledgement', { status: 'acknowledged' }, { kind: 'pagesAgain', at }],
    ['the end of a snooze', { status: 'snoozed' }, { kind: 'wakes', at }],
    ['nothing without a timer', { status: 'acknowledged', nextStepAt: null }, { kind: 'nothing' }],
    ['nothing once resolved', { status: 'resolved' }, { kind: 'nothing' }],
    ['business hours', { level: 0, pagingStartsAt: '2026-11-23T07:00:00Z' }, { kind: 'pagingStarts', at: '2026-11-23T07:00:00Z' }],
  ] as const)('is %s', (_, part, expected) => expect(nextStep(sampleIncident(part), now)).toEqual(expected));

  it('is the next level once business hours have begun', () =>
    expect(nextStep(sampleIncident({ pagingStartsAt: '2026-11-21T10:00:00Z' }), now).kind).toBe('nextLevel'));
});

describe('who is paged now', () => {
  const entry = (second: number, kind: string, person: string | null = null, channel: string | null = null): TimelineEntry => ({
    at: new Date(Date.parse('2026-11-21T10:00:00Z') + second * 1000).toISOString(),
    kind, person, channel, actor: null, via: 'system', level: null, attempt: null, text: null,
  });

  it('is nobody before the first page', () => expect(pagedNow([entry(0, 'opened')])).toEqual([]));

  const story = [
    entry(9, 'pageFailed', 'maarja', 'sms'),
    entry(0, 'opened'),
    entry(0, 'levelStarted'),
    entry(1, 'pageSent', 'ana', 'voice'),
    entry(5, 'levelStarted'),
    entry(6, 'pageSent', 'bruno', 'voice'),
    entry(6, 'pageSent', 'bruno', 'sms'),
    entry(7, 'pageSent', 'maarja', 'sms'),
    entry(8, 'delivered', 'bruno', 'sms'),
  ];

  it('is each person of the running level, with the latest of each channel, in whatever order the entries come', () =>
    expect(pagedNow(story)).toEqual([
      { person: 'bruno', pages: [{ channel: 'voice', state: 'sent' }, { channel: 'sms', state: 'delivered' }] },
      { person: 'maarja', pages: [{ channel: 'sms', state: 'failed' }] },
    ]));

  it('is also whom the incident names, with what an earlier level sent', () =>
    expect(pagedNow(story, ['ana', 'bruno', 'juri']).filter(({ person }) => person !== 'bruno')).toEqual([
      { person: 'maarja', pages: [{ channel: 'sms', state: 'failed' }] },
      { person: 'ana', pages: [{ channel: 'voice', state: 'sent' }] },
      { person: 'juri', pages: [] },
    ]));

  it('forgets a call that was called off, and everything once paging begins anew', () => {
    expect(pagedNow([...story, entry(10, 'pageCanceled', 'bruno', 'voice')])[0]?.pages).toEqual([{ channel: 'sms', state: 'delivered' }]);
    expect(pagedNow([...story, entry(20, 'unacknowledged')])).toEqual([]);
  });
});
