import { describe, expect, it } from 'vitest';
import { byDelay, faultAt, moved, movedSteps, quietSentence, ruleSentence } from '../src/lib/reach';

const contacts = [
  { name: 'mobile', kind: 'voice', address: '+3725000003' },
  { name: 'text', kind: 'sms', address: '+3725000003' },
  { name: 'mail', kind: 'email', address: 'ana@example.com' },
];

describe('rules as sentences', () => {
  it('tell who is tried when, earliest first', () => {
    const steps = [{ contact: 'mail', after: '1h' }, { contact: 'mobile', after: '0s' }, { contact: 'text', after: '2m' }];
    expect(ruleSentence(steps, contacts)).toBe('At once: call +3725000003; after 2 min: SMS to +3725000003; after 1 h: e-mail to ana@example.com; until a person has it.');
  });

  it('put together what happens at the same time', () => {
    expect(ruleSentence([{ contact: 'mobile', after: '0s' }, { contact: 'text', after: '0s' }], contacts)).toBe('At once: call +3725000003 and SMS to +3725000003; until a person has it.');
    expect(byDelay([{ contact: 'a', after: '60s' }, { contact: 'b', after: '1m' }])).toEqual([{ delay: 60_000, contacts: ['a', 'b'] }]);
  });

  it('name a contact that is gone, and say what no rule means', () => {
    expect(ruleSentence([{ contact: 'fax', after: '0s' }], contacts)).toBe('At once: fax; until a person has it.');
    expect(ruleSentence([], contacts)).toBe('Every phone at once, until a person has it.');
  });

  it('tell quiet hours', () => {
    expect(quietSentence({ from: '22:00', to: '07:00', days: ['fri', 'sat'] })).toBe('Quiet from 22:00 until 07:00, Fri, Sat: pages that are not urgent wait until it is over. Urgent ones never wait.');
    expect(quietSentence({ from: '22:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] })).toContain('every day');
  });
});

describe('putting in order', () => {
  it('moves one and keeps the others', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });

  it('moves who is reached and leaves the times', () => {
    const steps = [{ contact: 'mobile', after: '0s' }, { contact: 'text', after: '2m' }, { contact: 'mail', after: '10m' }];
    expect(movedSteps(steps, 2, 0)).toEqual([{ contact: 'mail', after: '0s' }, { contact: 'mobile', after: '2m' }, { contact: 'text', after: '10m' }]);
  });
});

describe('faults', () => {
  it('are found by name or by place', () => {
    const faults = [{ path: 'people[ana].contacts[mobile].address', message: 'wrong' }, { path: 'people[ana].contacts[2].name', message: 'empty' }];
    expect(faultAt(faults, 'contacts[mobile].address', 'contacts[0].address')).toBe('wrong');
    expect(faultAt(faults, 'contacts[].name', 'contacts[2].name')).toBe('empty');
    expect(faultAt(faults, 'contacts[text].address', 'contacts[1].address')).toBeUndefined();
  });
});
