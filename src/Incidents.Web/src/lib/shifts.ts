import type { Layer, Shift, Window } from '../api/scheduleTypes';
import { clockTime, dayKey, dayName, dayTime } from './time';
import { weekday } from './zone';

/** "Mon 23 Nov 10:00 – Tue 24 Nov 10:00"; the beginning without its day where that is today, the end where it is the same. Null ends are open. */
export function intervalText(from: string | null, until: string | null, now: number, zone?: string): string {
  const begins = from ? dayTime(from, now, zone) : '…';
  if (!until) return `${begins} – …`;
  const sameDay = !!from && dayKey(from, zone) === dayKey(new Date(Date.parse(until) - 1).toISOString(), zone);
  const clock = clockTime(until, zone).slice(0, 5);
  const midnight = sameDay && clock === '00:00';
  return `${begins} – ${midnight ? '24:00' : sameDay ? clock : `${dayName(until, zone)} ${clock}`}`;
}

const intervals = new Map<string, string>();

/** The same for thousands at once: layers change turns at the same instants, so most have been written already. */
export function knownIntervalText(from: string, until: string, now: number): string {
  // No day begins anywhere within a quarter of an hour of UTC.
  const key = `${from} ${until} ${Math.floor(now / 900_000)}`;
  let found = intervals.get(key);
  if (found === undefined) {
    if (intervals.size > 5_000) intervals.clear();
    intervals.set(key, (found = intervalText(from, until, now)));
  }
  return found;
}

export const isGap = (shift: Pick<Shift, 'people'>): boolean => shift.people.length === 0;

export const endOf = (shift: Pick<Shift, 'until'>): number => (shift.until ? Date.parse(shift.until) : Infinity);
export const startOf = (shift: Pick<Shift, 'from'>): number => (shift.from ? Date.parse(shift.from) : -Infinity);

/** What of a position begins after the instant, the first. */
export function nextOf(shifts: readonly Shift[], position: string, now: number): Shift | undefined {
  return shifts.filter((shift) => shift.position === position && startOf(shift) > now).sort((a, b) => startOf(a) - startOf(b))[0];
}

/** What of a position runs at the instant. */
export const runningOf = (shifts: readonly Shift[], position: string, now: number): Shift[] =>
  shifts.filter((shift) => shift.position === position && startOf(shift) <= now && endOf(shift) > now);

/** A list that was cut to begin now, with those that run already as they really are. */
export function wholeShifts(items: readonly Shift[], running: readonly Shift[]): Shift[] {
  return items.map((item) => running.find((one) => one.schedule === item.schedule && one.position === item.position && one.until === item.until && startOf(one) <= startOf(item)) ?? item);
}

/** Gaps in a row count once, also where their pieces have different reasons. */
export function countGaps(shifts: readonly Shift[]): number {
  let count = 0;
  const until = new Map<string, number>();
  for (const gap of shifts.filter(isGap).sort((a, b) => startOf(a) - startOf(b))) {
    if (startOf(gap) > (until.get(gap.position) ?? -Infinity)) count++;
    until.set(gap.position, Math.max(until.get(gap.position) ?? -Infinity, endOf(gap)));
  }
  return count;
}

/** Everybody in the layers, in their order, each once. */
export const rosterOf = (layers: readonly Layer[]): string[] => [...new Set(layers.flatMap((layer) => layer.slots.flat()))];

const dayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The words of the document for days, shortened: "mon–fri", "sat, sun". */
export function daysText(days: readonly string[]): string {
  const indexes = [...new Set(days.map((day) => dayWords.indexOf(day)))].filter((index) => index >= 0).sort((a, b) => a - b);
  const name = (index: number): string => (dayWords[index] ?? '').replace(/^./, (letter) => letter.toUpperCase());
  const first = indexes[0];
  const last = indexes.at(-1);
  if (first === undefined || last === undefined || indexes.length === 7) return '';
  if (indexes.length > 2 && last - first === indexes.length - 1) return `${name(first)}–${name(last)}`;
  return indexes.map(name).join(', ');
}

export const windowText = ({ days, from, to }: Window): string => [daysText(days), `${from}–${to}`].filter(Boolean).join(' ');

const units: Record<string, [string, string]> = { h: ['hour', 'hours'], d: ['day', 'days'], w: ['week', 'weeks'], mo: ['month', 'months'] };

/** "1w" → "a week", "12h" → "12 hours". */
export function turnText(turn: string): string {
  const match = /^(\d+)(h|d|w|mo)$/.exec(turn);
  const [one, many] = units[match?.[2] ?? ''] ?? [];
  if (!match || !one) return turn;
  return match[1] === '1' ? `${one === 'hour' ? 'an' : 'a'} ${one}` : `${match[1]} ${many}`;
}

/** Days that are shaded: no business day of the calendar, or without one Saturday and Sunday; holidays by name of the date. */
export function dayKind(date: string, calendar?: { businessDays: string[]; holidays: string[] }): 'holiday' | 'weekend' | 'work' {
  if (calendar?.holidays.includes(date)) return 'holiday';
  const day = weekday(date);
  if (calendar) return calendar.businessDays.includes(dayWords[day] ?? '') ? 'work' : 'weekend';
  return day > 4 ? 'weekend' : 'work';
}
