import { describe, expect, it } from 'vitest';
import type { Policy, Target } from '../src/api/organisation';
import { lengthOf, type Organisation, stepsOf, targetDocument, targetOf, whoIs } from '../src/lib/policy';
import { policySentences } from '../src/lib/sentences';

const target = (kind: string, name: string | null = null, position: string | null = null): Target => ({ kind, name, position });
const duty = (schedule: string, position: string, ...people: string[]) => ({ schedule, team: null, pool: null, position, people, from: null, until: null, why: { kind: 'layer', name: null } });
const service = (name: string, pool: string, schedule: string, ...dependsOn: string[]) => ({ name, pool, team: 'pay', schedule, policy: null, dependsOn, runbook: null });
const schedule = (name: string, pool: string, ...people: string[]) => ({ name, team: 'pay', pool, zone: 'UTC', layers: [{ name: 'l', position: 'primary', level: 1, zone: null, start: null, until: null, turn: '1w', slots: people.map((one) => [one]), windows: [], advance: 'calendar', nextInOrderOf: null }] });
const pool = (name: string, coverage: string) => ({ name, rank: 1, mtta: '5m', levelTimeout: name === 'A' ? '2m' : null, slo: null, coverage, policy: 'default', firstLineDeadline: null, acknowledgeTtl: null });

const all: Organisation = {
  services: [service('shop', 'A', 's1', 'db'), service('db', 'B', 's2')],
  schedules: [schedule('s1', 'A', 'ana', 'bruno'), schedule('s2', 'B', 'juri'), schedule('s3', 'A', 'lena'), schedule('s4', 'C', 'tiina')],
  teams: [{ name: 'pay', lead: 'ana', calendar: null, members: ['ana', 'bruno'] }],
  pools: [pool('A', 'always'), pool('B', 'always'), pool('C', 'business-hours')],
  duties: [duty('s1', 'primary', 'ana'), duty('s1', 'secondary', 'bruno'), duty('s2', 'primary', 'juri'), duty('s3', 'primary', 'lena'), duty('s4', 'primary', 'tiina')],
};
const shop = all.services[0];

describe('whoIs', () => {
  it.each([
    [target('schedule', null, 'secondary'), ['bruno']],
    [target('schedule', 's2', 'primary'), ['juri']],
    [target('dependencies'), ['juri']],
    [target('same-pool'), ['lena']],
    [target('other-always-pools'), ['juri']],
    [target('lead'), ['ana']],
    [target('team'), ['ana', 'bruno']],
    [target('roster'), ['ana', 'bruno']],
    [target('person', 'lena'), ['lena']],
  ])('%j', (one, people) => expect(whoIs(one, shop, all)).toEqual(people));

  it('does not guess without a service', () => {
    expect(whoIs(target('lead'), undefined, all)).toBeNull();
    expect(whoIs(target('person', 'lena'), undefined, all)).toEqual(['lena']);
  });
});

describe('stepsOf', () => {
  const policy: Policy = {
    name: 'default',
    levels: [
      { page: [target('schedule', null, 'primary')], timeout: 'pool' },
      { page: [target('schedule', 's9', 'primary')], timeout: '10m' },
      { page: [target('lead')], timeout: '1h30m' },
    ],
    repeat: 1,
    lastResort: { page: [target('roster')], timeout: 'pool' },
  };

  it('counts from the first page, and takes no time for whom nobody is there', () => {
    const { levels, lastResort, lastResortAt } = stepsOf(policy, shop, all);
    expect(levels.map(({ start, skipped }) => [start, skipped])).toEqual([[0, false], [120_000, true], [120_000, false]]);
    expect(lastResortAt).toBe(2 * (120_000 + 5_400_000));
    expect(lastResort?.timeout).toBe(120_000);
  });

  it('knows no times where the pool is not known', () => {
    expect(stepsOf(policy, undefined, all).levels.map(({ start }) => start)).toEqual([0, null, null]);
  });

  it('reads as sentences', () => {
    expect(policySentences(policy, all.pools[0], (login) => login)).toEqual([
      'First the service’s primary is paged.',
      'Nobody acknowledges within 2 min (the pool’s): then the primary of s9.',
      'Nobody acknowledges within 10 min: then the team’s lead.',
      'All of this happens once more.',
      'In the end the whole roster, every 2 min (the pool’s), until somebody acknowledges.',
    ]);
  });
});

it.each(['30s', '1h30m', '2m'])('lengthOf %s', (text) => expect(lengthOf(text)).toBeGreaterThan(0));
it.each(['', 'pool', '5', '5x', 'm5'])('lengthOf %j is no length', (text) => expect(lengthOf(text)).toBeNull());

it.each([{ schedule: 'own', position: 'primary' }, { schedules: 'same-pool' }, { lead: 'own-team' }, { team: 'pay' }, { roster: 's1' }, { person: 'ana' }])('a target survives reading and writing: %j', (document) =>
  expect(targetDocument(targetOf(document as unknown as Record<string, string>))).toEqual(document),
);
