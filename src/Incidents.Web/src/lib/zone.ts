import { dateLocale } from '../text/words';
import { tidy } from './time';

/** Dates and wall clocks of IANA zones. A date is `YYYY-MM-DD` (ISO), an instant milliseconds since 1970. */

export interface WallTime {
  date: string;
  hour: number;
  minute: number;
}

export const minute = 60_000;
export const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    formats.set(zone, (found = new Intl.DateTimeFormat('en-CA', { ...options, timeZone: zone })));
  }
  return found;
}

/** What a clock on the wall of the zone shows at an instant. */
export function wallTime(at: number, zone: string): WallTime {
  const part: Record<string, string> = {};
  for (const { type, value } of format(zone).formatToParts(at)) part[type] = value;
  return { date: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour), minute: Number(part.minute) };
}

const utcOf = ({ date, hour: h, minute: m }: WallTime): number => Date.parse(`${date}T00:00:00Z`) + h * hour + m * minute;

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds (whole minutes). */
export function offsetAt(at: number, zone: string): number {
  return utcOf(wallTime(at, zone)) - Math.floor(at / minute) * minute;
}

/** The instant of a wall time: of an ambiguous one the earlier, of a skipped one the first instant after the gap. */
export function instantOf(local: WallTime, zone: string): number {
  const utc = utcOf(local);
  const before = utc - offsetAt(utc - day, zone);
  const after = utc - offsetAt(utc + day, zone);
  const earlier = Math.min(before, after);
  const later = Math.max(before, after);
  if (offsetAt(earlier, zone) === utc - earlier) return earlier;
  if (offsetAt(later, zone) === utc - later) return later;
  // Skipped: the clock jumps somewhere between the two; the jump itself is what is meant.
  let low = earlier;
  let high = later;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offsetAt(middle, zone) === offsetAt(low, zone)) low = middle;
    else high = middle;
  }
  return high;
}

/** The first instant of a date; where midnight is skipped, the end of the skip. */
export const startOfDay = (date: string, zone: string): number => instantOf({ date, hour: 0, minute: 0 }, zone);

export const dateOf = (at: number, zone: string): string => wallTime(at, zone).date;

/** Calendar arithmetic, free of zones. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** The same day of another month, clamped to its last day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
}

/** 0: Monday … 6: Sunday. */
export const weekday = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

export const isWeekend = (date: string): boolean => weekday(date) > 4;

/** A date as a person writes it, by the given parts; no zone is involved. */
export function writeDate(date: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${date} ${dateLocale()} ${JSON.stringify(options)}`;
  let found = dates.get(key);
  if (found === undefined) dates.set(key, (found = tidy(new Intl.DateTimeFormat(dateLocale(), { ...options, timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`)))));
  return found;
}

const dates = new Map<string, string>();

/** "UTC+02:00", as it is at an instant. */
export function offsetName(at: number, zone: string): string {
  const minutes = offsetAt(at, zone) / minute;
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "America/Sao_Paulo" → "São Paulo" would need a table; the last part, in words, is enough: "Sao Paulo". */
export const zoneName = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** What a date-time field takes for an instant: "2026-11-24T10:00" on the zone's wall. */
export function toField(at: number, zone: string): string {
  const { date, hour: h, minute: m } = wallTime(at, zone);
  return `${date}T${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
}

/** The instant of what a date-time field gives, read on the zone's wall; null for anything else. */
export function fromField(value: string, zone: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/.exec(value);
  if (!match?.[1] || Number.isNaN(Date.parse(match[1]))) return null;
  return instantOf({ date: match[1], hour: Number(match[2]), minute: Number(match[3]) }, zone);
}
