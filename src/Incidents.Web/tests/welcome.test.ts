import { describe, expect, test } from 'vitest';
import { free, nextStepOf, personOf, sampleAlert, scheduleOf, slug, standing, type There, weekStart } from '../src/lib/welcome';

const nobody: There = { people: [], services: [], integrations: [] };
const ana = { login: 'ana', role: 'admin', contacts: [{}] };

describe('how far the guide is', () => {
  test('begins with the person', () => {
    expect(nextStepOf(standing(nobody, {}, false))).toBe('you');
  });

  test('goes on with the first that is missing, also when a later one is there', () => {
    const there: There = { people: [ana], services: [], integrations: [{ name: 'prometheus', service: null }] };
    const now = standing(there, {}, false);
    expect(now.done).toEqual({ you: true, service: false, schedule: false, source: true, ring: false });
    expect(nextStepOf(now)).toBe('service');
  });

  test('goes by what the guide made before what others made', () => {
    const there: There = {
      people: [ana, { login: 'eva', role: 'admin', contacts: [{}] }],
      services: [{ name: 'checkout', schedule: 'payments' }, { name: 'website', schedule: null }],
      integrations: [{ name: 'prometheus', service: 'checkout' }, { name: 'grafana', service: 'website' }],
    };
    expect(standing(there, { login: 'eva', service: 'website' }, false)).toMatchObject({ login: 'eva', service: 'website', schedule: null, integration: 'grafana' });
    expect(standing(there, {}, false)).toMatchObject({ login: 'ana', service: 'checkout', schedule: 'payments', integration: 'prometheus' });
  });

  test('does not take somebody who cannot be reached, or is no admin, for its person', () => {
    expect(standing({ ...nobody, people: [{ login: 'bo', role: 'admin', contacts: [] }, { login: 'cy', role: 'responder', contacts: [{}] }] }, {}, false).login).toBeNull();
  });

  test('ends with the acknowledge', () => {
    const there: There = { people: [ana], services: [{ name: 'website', schedule: 'website' }], integrations: [{ name: 'prometheus', service: 'website' }] };
    expect(nextStepOf(standing(there, {}, false))).toBe('ring');
    expect(standing(there, {}, true).done.ring).toBe(true);
  });
});

test('names become what the API takes', () => {
  expect(slug('Ana Maria Souza')).toBe('ana-maria-souza');
  expect(slug('Jüri Õunapuu')).toBe('juri-ounapuu');
  expect(slug('  --  ')).toBe('');
  expect(slug('Лена')).toBe('');
  expect(slug('x'.repeat(60))).toHaveLength(40);
});

test('a name that is taken gets a number', () => {
  expect(free('grafana', [])).toBe('grafana');
  expect(free('grafana', ['grafana', 'grafana-2'])).toBe('grafana-3');
});

test('the person is called first and written to later, over what they gave', () => {
  const without = personOf({ name: 'Ana', phone: '+3725550001', email: '', zone: 'Europe/Tallinn', language: 'en' });
  expect(without).not.toHaveProperty('email');
  expect(without.notify).toEqual({ high: [{ contact: 'mobile' }, { contact: 'text', after: '1m' }] });
  expect(personOf({ name: 'Ana', phone: '+3725550001', email: 'ana@example.com', zone: 'UTC', language: 'pt-BR' }).contacts).toHaveLength(3);
});

describe('the rotation begins in the past, so that somebody is on call at once', () => {
  const local = (text: string): Date => new Date(text); // without a zone: the wall clock of this machine
  test.each([
    ['2026-11-25T12:00', '09:00', '2026-11-23T09:00'],
    ['2026-11-23T08:59', '09:00', '2026-11-16T09:00'],
    ['2026-11-23T09:00', '09:00', '2026-11-23T09:00'],
    ['2026-11-29T23:59', '18:30', '2026-11-23T18:30'],
    ['2027-01-01T00:00', '09:00', '2026-12-28T09:00'],
  ])('at %s with handoff at %s: %s', (now, time, start) => {
    expect(weekStart(local(now), time)).toBe(start);
  });

  test('with one person and no team', () => {
    expect(scheduleOf('A', null, 'UTC', 'ana', '1d', '09:00', local('2026-11-25T12:00'))).toEqual({ pool: 'A', zone: 'UTC', layers: [{ name: 'daily', position: 'primary', start: '2026-11-23T09:00', turn: '1d', slots: [['ana']] }] });
  });
});

test('the sample is what the source would send', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  expect(sampleAlert('generic', 'website', 'First ring', now)).toMatchObject({ service: 'website', severity: 'critical' });
  expect(sampleAlert('alertmanager', 'website', 'First ring', now)).toMatchObject({ version: '4', alerts: [{ labels: { service: 'website' }, annotations: { summary: 'First ring' } }] });
});
