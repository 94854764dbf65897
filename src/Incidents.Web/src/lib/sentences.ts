import type { Policy, Pool, Target } from '../api/organisation';
import { orgText as t } from '../text/organisation';
import { timeoutOf } from './policy';
import { longLength } from './time';

/** A target in words: "the service’s primary", "everybody on the roster of kitchen". Persons by the given names. */
export function targetWords({ kind, name, position }: Target, nameOf: (login: string) => string): string {
  const words = t.policies.target;
  switch (kind) {
    case 'schedule':
      return words.schedule(name, t.position[position ?? 'primary'] ?? position ?? '');
    case 'dependencies':
      return words.dependencies;
    case 'same-pool':
      return words['same-pool'];
    case 'other-always-pools':
      return words['other-always-pools'];
    case 'lead':
      return words.lead(name);
    case 'team':
      return words.team(name);
    case 'roster':
      return words.roster(name);
    case 'person':
      return words.person(nameOf(name ?? ''));
    default:
      return kind;
  }
}

/** How long a level waits: "2 min", of the pool's where it is known which pool. */
export function timeoutWords(timeout: string, pool: Pool | undefined): string {
  const length = timeoutOf(timeout, pool);
  if (timeout !== 'pool') return length === null ? timeout : longLength(length);
  return length === null ? t.policies.poolTimeout : t.policies.poolTimeoutIs(longLength(length));
}

/** The whole policy as a person would tell it. */
export function policySentences(policy: Policy, pool: Pool | undefined, nameOf: (login: string) => string): string[] {
  const who = (page: Target[]): string => t.policies.and(page.map((target) => targetWords(target, nameOf)));
  const levels = policy.levels.map((level, index) => {
    const before = policy.levels[index - 1];
    return before ? t.policies.then(timeoutWords(before.timeout, pool), who(level.page)) : t.policies.first(who(level.page));
  });
  const last = policy.lastResort;
  return [...levels, t.policies.repeat(policy.repeat), ...(last ? [t.policies.last(who(last.page), timeoutWords(last.timeout, pool))] : [])].filter(Boolean);
}
