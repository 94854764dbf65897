import { describe, expect, it } from 'vitest';
import { fieldChanges, rebased, written } from '../src/lib/diff';

describe('fieldChanges', () => {
  it('names what differs, what came and what went', () => {
    expect(fieldChanges({ pool: 'A', team: 'x', runbook: null }, { pool: 'B', team: 'x', schedule: 's' })).toEqual([
      { path: 'pool', before: 'A', after: 'B' },
      { path: 'schedule', after: 's' },
    ]);
    expect(fieldChanges({ dependsOn: ['a'] }, { dependsOn: [] })).toEqual([{ path: 'dependsOn', before: 'a' }]);
  });

  it('tells the items of a list apart by name, and sees another order', () => {
    const contacts = [{ name: 'mobile', address: '+1' }, { name: 'mail', address: 'a@b' }];
    expect(fieldChanges({ contacts }, { contacts: [contacts[1], { name: 'mobile', address: '+2' }] })).toEqual([{ path: 'contacts › mobile › address', before: '+1', after: '+2' }]);
    expect(fieldChanges({ contacts }, { contacts: [contacts[1], contacts[0]] })).toEqual([{ path: 'contacts', before: 'mobile, mail', after: 'mail, mobile' }]);
  });

  it('goes by the place where items have no name', () => {
    const levels = [{ page: [{ person: 'ana' }], timeout: '2m' }];
    expect(fieldChanges({ levels }, { levels: [{ page: [{ person: 'bruno' }], timeout: '2m' }, { page: [{ lead: 'own-team' }], timeout: 'pool' }] })).toEqual([
      { path: 'levels › 1 › page › 1 › person', before: 'ana', after: 'bruno' },
      { path: 'levels › 2', after: 'page lead own-team, timeout pool' },
    ]);
  });

  it('takes absent, null and an empty list for the same', () => {
    expect(fieldChanges({ a: null, b: [] }, {})).toEqual([]);
    expect(written({ from: 1, inner: { x: true } })).toBe('from 1, inner (x true)');
  });
});

describe('rebased', () => {
  it('keeps mine where I changed, theirs elsewhere', () => {
    const base = { pool: 'A', team: 'x', runbook: 'r' };
    expect(rebased(base, { pool: 'B', team: 'x', runbook: 'r' }, { pool: 'C', team: 'y', runbook: 'r' })).toEqual({ pool: 'B', team: 'y', runbook: 'r' });
    expect(rebased(base, { pool: 'A', team: 'x' }, { ...base, team: 'y' })).toEqual({ pool: 'A', team: 'y' });
  });
});
