import type { Shift } from '../api/scheduleTypes';
import { isGap } from './shifts';

export interface Handoff {
  schedule: string;
  position: string;
  at: string;
  from: string[];
  to: string[];
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((person) => b.includes(person));

/** When who is primary or secondary changes within `(now, until)`, over all schedules, the earliest first. */
export function handoffsAhead(shifts: readonly Shift[], now: number, until: number): Handoff[] {
  const found: Handoff[] = [];
  for (const key of new Set(shifts.map((shift) => `${shift.schedule}\n${shift.position}`))) {
    const own = shifts.filter((shift) => `${shift.schedule}\n${shift.position}` === key);
    const on = (at: number): string[] => [...new Set(own.filter((shift) => Date.parse(shift.from ?? '') <= at && !(shift.until && Date.parse(shift.until) <= at)).flatMap((shift) => shift.people))];
    const edges = [...new Set(own.flatMap((shift) => [shift.from, shift.until]))].flatMap((edge) => (edge ? [Date.parse(edge)] : [])).filter((at) => at > now && at < until);
    for (const at of edges) {
      const [from, to] = [on(at - 1), on(at)];
      const [schedule = '', position = ''] = key.split('\n');
      if (!same(from, to)) found.push({ schedule, position, at: new Date(at).toISOString(), from, to });
    }
  }
  return found.sort((a, b) => a.at.localeCompare(b.at) || a.schedule.localeCompare(b.schedule));
}

/** Gaps that are not over, joined where one ends as the next begins; the earliest first. */
export function gapsAhead(shifts: readonly Shift[], now: number): Shift[] {
  const joined: Shift[] = [];
  const gaps = shifts.filter((shift) => isGap(shift) && !(shift.until && Date.parse(shift.until) <= now)).sort((a, b) => a.schedule.localeCompare(b.schedule) || a.position.localeCompare(b.position) || (a.from ?? '').localeCompare(b.from ?? ''));
  for (const gap of gaps) {
    const last = joined.at(-1);
    if (last && last.schedule === gap.schedule && last.position === gap.position && last.until === gap.from) joined[joined.length - 1] = { ...last, until: gap.until };
    else joined.push(gap);
  }
  return joined.sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
}
