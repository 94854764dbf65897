import { expect, it } from 'vitest';
import { latestFailures } from '../src/lib/failures';
import { isWebAddress } from '../src/lib/links';

const failure = (person: string, channel: string | null, minute: number) => ({
  incident: { id: 'a', number: 1, title: 't' },
  person,
  channel,
  reason: 'busy',
  at: `2026-11-21T10:0${minute}:00Z`,
});

it('the latest failure of each person and channel is told, newest first', () =>
  expect(
    latestFailures([failure('ana', 'voice', 1), failure('ana', 'sms', 2), failure('ana', 'voice', 3), failure('bruno', null, 0)]).map((f) => [f.person, f.channel, f.at.slice(15, 16)]),
  ).toEqual([
    ['ana', 'voice', '3'],
    ['ana', 'sms', '2'],
    ['bruno', null, '0'],
  ]));

it.each([
  ['https://runbooks.example.com/checkout', true],
  ['HTTP://localhost:3000', true],
  ['javascript:alert(1)', false],
  ['see the wiki', false],
  ['https://', false],
])('%s may become a link: %s', (value, link) => expect(isWebAddress(value)).toBe(link));
