import { expect, test } from 'vitest';
import type { Duty, TimelineEntry } from '../src/api/types';
import { dutiesOf, pagedBy } from '../src/lib/whyPaged';

const entry = (second: number, kind: string, more: Partial<TimelineEntry> = {}): TimelineEntry => ({ at: new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString(), kind, actor: null, via: null, level: null, person: null, channel: null, attempt: null, text: null, ...more });

const night = [
  entry(0, 'opened'),
  entry(1, 'levelStarted', { level: 1 }),
  entry(2, 'pageSent', { person: 'ana', channel: 'voice' }),
  entry(61, 'levelStarted', { level: 2 }),
  entry(62, 'pageSent', { person: 'bruno', channel: 'voice' }),
];

test('names the level that paged somebody', () => {
  expect(pagedBy(night, 'ana')).toEqual({ level: 1, at: night[1]?.at });
  expect(pagedBy([...night].reverse(), 'bruno')).toEqual({ level: 2, at: night[3]?.at });
});

test('names the last one when they were paged again', () => {
  const again = [...night, entry(70, 'levelStarted', { level: 3 }), entry(71, 'pageSent', { person: 'ana', channel: 'sms' })];
  expect(pagedBy(again, 'ana')?.level).toBe(3);
});

test('says nothing to whom nobody paged', () => {
  expect(pagedBy(night, 'maarja')).toBeNull();
  expect(pagedBy([...night, entry(80, 'note', { person: 'maarja' })], 'maarja')).toBeNull();
});

test('the schedule of the service comes before others', () => {
  const duty = (schedule: string, people: string[]): Duty => ({ schedule, people, team: null, pool: null, position: 'primary', from: null, until: null, why: { kind: 'layer', name: 'weekly' } });
  expect(dutiesOf([duty('kitchen', ['ana']), duty('payments', ['ana']), duty('desk', ['lena'])], 'ana', 'payments').map((one) => one.schedule)).toEqual(['payments', 'kitchen']);
});
