import { describe, expect, it } from 'vitest';
import { byUrgency, grouped, inBucket, isWanted, matches, readFilters, toQuery, writeFilters } from '../src/lib/filters';
import { sampleIncident } from './samples';

describe('the address', () => {
  it('means open incidents when it says nothing', () =>
    expect(readFilters(new URLSearchParams())).toEqual({ bucket: 'open', service: '', pool: '', severity: '', mine: false, search: '' }));

  it('falls back to open for an unknown status', () => expect(readFilters(new URLSearchParams('status=odd')).bucket).toBe('open'));

  it.each(['', 'status=resolved', 'status=all&service=checkout&pool=A&severity=SEV1&mine=1&q=card'])('comes back unchanged: "%s"', (address) =>
    expect(writeFilters(readFilters(new URLSearchParams(address))).toString()).toBe(address));
});

describe('the query to the API', () => {
  it('names every open status', () =>
    expect(new URLSearchParams(toQuery({ bucket: 'open', service: '', pool: '' })).get('status')).toBe('triage,triggered,acknowledged,snoozed'));

  it('names no status for all, and passes filters and cursor on', () => {
    const params = new URLSearchParams(toQuery({ bucket: 'all', service: 'check out', pool: 'A' }, 'abc'));
    expect(params.get('status')).toBeNull();
    expect([params.get('service'), params.get('pool'), params.get('cursor')]).toEqual(['check out', 'A', 'abc']);
  });
});

describe('search', () => {
  const incident = sampleIncident({ acknowledgedBy: 'bruno' });

  it.each(['', '#42', 'errors checkout', 'SEV2', 'BRUNO', 'pay err'])('finds it by "%s"', (search) => expect(matches(incident, search)).toBe(true));
  it('wants every word', () => expect(matches(incident, 'errors ledger')).toBe(false));
});

describe('narrowed', () => {
  const incident = sampleIncident({ severity: 'SEV2', acknowledgedBy: null, paged: ['ana'] });

  it('to a severity', () => {
    expect(isWanted(incident, { severity: 'SEV2', mine: false }, 'bruno')).toBe(true);
    expect(isWanted(incident, { severity: 'SEV1', mine: false }, 'ana')).toBe(false);
  });

  it('to what one has, or is paged for', () => {
    expect(isWanted(incident, { severity: '', mine: true }, 'ana')).toBe(true);
    expect(isWanted(incident, { severity: '', mine: true }, 'bruno')).toBe(false);
    expect(isWanted(sampleIncident({ acknowledgedBy: 'bruno' }), { severity: '', mine: true }, 'bruno')).toBe(true);
    expect(isWanted(incident, { severity: '', mine: true }, undefined)).toBe(false);
  });
});

describe('order and groups', () => {
  const list = [
    sampleIncident({ number: 1, severity: 'SEV3' }),
    sampleIncident({ number: 2, status: 'acknowledged', severity: 'SEV1' }),
    sampleIncident({ number: 3, severity: 'SEV1' }),
    sampleIncident({ number: 4, status: 'triage', severity: 'SEV1', openedAt: '2026-11-21T10:05:00Z' }),
    sampleIncident({ number: 5, status: 'resolved' }),
  ];

  it('puts what nobody has first, then severity, then the newest', () =>
    expect([...list].sort(byUrgency).map((i) => i.number)).toEqual([4, 3, 1, 2, 5]));

  it('leaves empty groups out', () =>
    expect(grouped(list).map((group) => [group.name, group.items.length])).toEqual([['waiting', 3], ['acknowledged', 1], ['resolved', 1]]));

  it('keeps resolved incidents out of the open ones', () => {
    expect(inBucket(sampleIncident({ status: 'resolved' }), 'open')).toBe(false);
    expect(inBucket(sampleIncident({ status: 'snoozed' }), 'open')).toBe(true);
    expect(inBucket(sampleIncident({ status: 'resolved' }), 'all')).toBe(true);
  });
});
