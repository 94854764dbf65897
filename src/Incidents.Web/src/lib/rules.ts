import { intakeText } from '../text/intake';
import { lengthOf } from './policy';
import { longLength } from './time';

/** A triage rule as the configuration document writes it. */
export interface Rule {
  name: string;
  when?: Record<string, string>;
  do: 'escalate' | 'drop' | 'hold' | 'first-line' | 'heartbeat' | (string & {});
  severity?: string;
  flap?: { changes: number; within: string };
  every?: string;
}

const t = intakeText.rules;

/** A pattern that only lists values, such as `critical|page`; null for anything that says more. */
export const valuesOf = (pattern: string): string[] | null => (/^[\w :/@-]+(\|[\w :/@-]+)*$/.test(pattern) ? pattern.split('|') : null);

/** "severity is critical or page and team is kitchen"; null: every alert. */
export function condition(rule: Rule): string | null {
  const parts = Object.entries(rule.when ?? {}).map(([label, pattern]) => {
    const values = valuesOf(pattern);
    return values ? t.when(label, t.or(values)) : t.matches(label, pattern);
  });
  return parts.length ? t.and(parts) : null;
}

const written = (length: string | undefined): string => {
  const ms = lengthOf(length ?? '');
  return ms === null ? (length ?? '') : longLength(ms);
};

export function consequence(rule: Rule, firstLine: string | null): string {
  switch (rule.do) {
    case 'escalate':
      return t.does.escalate(rule.severity ?? null);
    case 'drop':
      return t.does.drop;
    case 'hold':
      return t.does.hold(Number(rule.flap?.changes ?? 0), written(rule.flap?.within));
    case 'first-line':
      return t.does.firstLine(firstLine, rule.severity ?? null);
    case 'heartbeat':
      return t.does.heartbeat(written(rule.every));
    default:
      return rule.do;
  }
}
