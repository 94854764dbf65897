import type { Policy, Pool, Target } from '../api/organisation';
import type { Schedule, Team } from '../api/scheduleTypes';
import type { Duty, Service } from '../api/types';

/** Who the targets of a policy are right now, and when each level begins. The server decides; this is for people to look at. */

export interface Organisation {
  services: readonly Service[];
  schedules: readonly Schedule[];
  teams: readonly Team[];
  pools: readonly Pool[];
  duties: readonly Duty[];
}

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** "1h30m" in milliseconds; null for what is no length. */
export function lengthOf(text: string): number | null {
  const parts = [...text.matchAll(/(\d+)([smhd])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0) * 1000, 0);
}

/** What `pool` means: the pool's level timeout, else its MTTA. Null without a pool to ask. */
export function timeoutOf(timeout: string, pool: Pool | undefined): number | null {
  return lengthOf(timeout === 'pool' ? (pool?.levelTimeout ?? pool?.mtta ?? '') : timeout);
}

const unique = (people: readonly string[]): string[] => [...new Set(people)];

const onDuty = ({ duties }: Organisation, schedules: readonly string[], position: string): string[] =>
  unique(schedules.flatMap((schedule) => duties.filter((duty) => duty.schedule === schedule && duty.position === position).flatMap((duty) => duty.people)));

/** Logins, as things stand; empty: nobody. Null: it depends on the service, and none was given. */
export function whoIs(target: Target, service: Service | undefined, all: Organisation): string[] | null {
  const own = service?.schedule;
  const needsService = target.kind !== 'person' && !target.name;
  if (needsService && !service) return null;
  switch (target.kind) {
    case 'person':
      return target.name ? [target.name] : [];
    case 'schedule':
      return onDuty(all, [target.name ?? own ?? ''], target.position ?? 'primary');
    case 'lead':
      return all.teams.flatMap((team) => (team.name === (target.name ?? service?.team) && team.lead ? [team.lead] : []));
    case 'team':
      return all.teams.find((team) => team.name === (target.name ?? service?.team))?.members ?? [];
    case 'roster':
      return unique(all.schedules.find((schedule) => schedule.name === (target.name ?? own))?.layers.flatMap((layer) => layer.slots.flat()) ?? []);
    case 'dependencies': {
      const needed = all.services.filter((other) => service?.dependsOn.includes(other.name)).flatMap((other) => other.schedule ?? []);
      return onDuty(all, needed.filter((schedule) => schedule !== own), 'primary');
    }
    case 'same-pool':
      return onDuty(all, all.schedules.filter((schedule) => schedule.pool === service?.pool && schedule.name !== own).map((schedule) => schedule.name), 'primary');
    case 'other-always-pools': {
      const always = all.pools.filter((pool) => pool.coverage === 'always' && pool.name !== service?.pool).map((pool) => pool.name);
      return onDuty(all, all.schedules.filter((schedule) => always.includes(schedule.pool) && schedule.name !== own).map((schedule) => schedule.name), 'primary');
    }
    default:
      return [];
  }
}

export interface Step {
  /** From 1. */
  level: number;
  targets: { target: Target; people: string[] | null }[];
  /** When it begins, after the first page; null where the pool's timeout is not known. */
  start: number | null;
  timeout: number | null;
  /** Nobody is there: the server goes on to the next level at once. */
  skipped: boolean;
}

export interface Steps {
  levels: Step[];
  /** When the first pass is over, and when the last resort begins; null where a timeout is not known. */
  passLength: number | null;
  lastResortAt: number | null;
  lastResort: Step | null;
}

/** The levels with their times. A level whose people are all unknown or absent takes no time. */
export function stepsOf(policy: Policy, service: Service | undefined, all: Organisation): Steps {
  const pool = all.pools.find((one) => one.name === service?.pool);
  let at: number | null = 0;
  const step = (page: Target[], timeout: string, level: number, start: number | null): Step => {
    const targets = page.map((target) => ({ target, people: whoIs(target, service, all) }));
    return { level, targets, start, timeout: timeoutOf(timeout, pool), skipped: targets.every(({ people }) => people?.length === 0) };
  };
  const levels = policy.levels.map((level, index) => {
    const here = step(level.page, level.timeout, index + 1, at);
    at = at === null || here.timeout === null ? (here.skipped ? at : null) : at + (here.skipped ? 0 : here.timeout);
    return here;
  });
  const passLength = at as number | null;
  const lastResortAt = passLength === null ? null : passLength * (policy.repeat + 1);
  const last = policy.lastResort;
  return { levels, passLength, lastResortAt, lastResort: last && step(last.page, last.timeout, policy.levels.length + 1, lastResortAt) };
}

/** A service's own policy, else its pool's. */
export const policyOf = (service: Service, pools: readonly Pool[]): string | null => service.policy ?? pools.find((pool) => pool.name === service.pool)?.policy ?? null;

/** A target as the configuration document writes it, and back. */
export function targetDocument({ kind, name, position }: Target): Record<string, string> {
  if (kind === 'schedule') return { schedule: name ?? 'own', position: position ?? 'primary' };
  if (kind === 'lead' || kind === 'team') return { [kind]: name ?? 'own-team' };
  if (kind === 'roster') return { roster: name ?? 'own' };
  if (kind === 'person') return { person: name ?? '' };
  return { schedules: kind };
}

export function targetOf(document: Record<string, string>): Target {
  const named = (value: string | undefined): string | null => (value === undefined || value === 'own' || value === 'own-team' ? null : value);
  if ('schedule' in document) return { kind: 'schedule', name: named(document.schedule), position: document.position ?? 'primary' };
  if ('schedules' in document) return { kind: document.schedules ?? '', name: null, position: null };
  for (const kind of ['lead', 'team', 'roster', 'person']) if (kind in document) return { kind, name: named(document[kind]), position: null };
  return { kind: 'person', name: '', position: null };
}
