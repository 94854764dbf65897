import { dayKind } from './shifts';
import { addDays, addMonths, dateOf, hour, instantOf, minute, startOfDay, wallTime, weekday } from './zone';

export type Zoom = 'day' | 'week' | 'month' | 'quarter';
export const zooms: readonly Zoom[] = ['day', 'week', 'month', 'quarter'];

/** One date on the axis, `[from, to)`; 23 or 25 hours long where the clock changes. */
export interface Day {
  date: string;
  from: number;
  to: number;
}

/** A row of days beside each other: a day, a week, one week of a month, or a quarter. */
export interface Strip {
  days: Day[];
  from: number;
  to: number;
}

/** Whatever lies on the axis. Null: open at that end. */
interface Times {
  from: string | null;
  until: string | null;
}

export interface Span extends Times {
  position: string;
}

export interface Bar<T> {
  item: T;
  /** 0..1 of the strip's width. */
  left: number;
  width: number;
  /** Which line of its position, from 0: several at once stand below each other. */
  lane: number;
  /** It began before the strip, or goes on after it. */
  before: boolean;
  after: boolean;
  /** The instant at which it ends, Infinity for an open one. */
  ends: number;
}

/** The strips that a zoom shows around a date: its day, its week from Monday, the weeks that its month touches, or its quarter of the year in one. */
export function stripsOf(zoom: Zoom, date: string, zone: string): Strip[] {
  if (zoom === 'day') return [strip([date], zone)];
  if (zoom === 'week') return [strip(week(date), zone)];
  if (zoom === 'quarter') {
    const first = quarterOf(date);
    const days: string[] = [];
    for (let day = first; day < addMonths(first, 3); day = addDays(day, 1)) days.push(day);
    return [strip(days, zone)];
  }
  const first = `${date.slice(0, 7)}-01`;
  const strips: Strip[] = [];
  for (let monday = addDays(first, -weekday(first)); monday < addMonths(first, 1); monday = addDays(monday, 7)) strips.push(strip(week(monday), zone));
  return strips;
}

/** The first date of the quarter. */
export function quarterOf(date: string): string {
  const month = 3 * Math.floor((Number(date.slice(5, 7)) - 1) / 3) + 1;
  return `${date.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

function week(date: string): string[] {
  const monday = addDays(date, -weekday(date));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** So many days from a date on. */
export const stripFrom = (date: string, days: number, zone: string): Strip => strip(Array.from({ length: days }, (_, index) => addDays(date, index)), zone);

function strip(dates: string[], zone: string): Strip {
  const days = dates.map((date) => ({ date, from: startOfDay(date, zone), to: startOfDay(addDays(date, 1), zone) }));
  return { days, from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
}

/** The date that "previous" and "next" lead to. */
export function step(zoom: Zoom, date: string, by: 1 | -1): string {
  if (zoom === 'quarter') return addMonths(date, 3 * by);
  return zoom === 'month' ? addMonths(date, by) : addDays(date, zoom === 'week' ? 7 * by : by);
}

/**
 * Where an instant lies, 0..1. Every day is as wide as every other, so that weeks stand exactly below each other;
 * within a day of 23 or 25 hours its hours are a little wider or narrower.
 */
export function place({ days, from, to }: Strip, at: number): number {
  if (at <= from) return 0;
  if (at >= to) return 1;
  // Days are nearly equally long: the estimate is at most a day off.
  let index = Math.min(days.length - 1, Math.floor(((at - from) / (to - from)) * days.length));
  while (index > 0 && at < days[index]!.from) index--;
  while (index < days.length - 1 && at >= days[index]!.to) index++;
  const day = days[index];
  if (!day || day.to === day.from) return index / days.length;
  return (index + (at - day.from) / (day.to - day.from)) / days.length;
}

/** The instant at a place, rounded to whole steps of the wall clock. */
export function instantAt({ days, from, to }: Strip, fraction: number, grain: number): number {
  if (fraction <= 0) return from;
  if (fraction >= 1) return to;
  const index = Math.min(days.length - 1, Math.floor(fraction * days.length));
  const day = days[index];
  if (!day) return from;
  const within = (fraction * days.length - index) * (day.to - day.from);
  return Math.min(day.to, day.from + Math.round(within / grain) * grain);
}

/** How finely a drag chooses. */
export const grainOf = (zoom: Zoom): number => (zoom === 'day' ? 15 * minute : zoom === 'week' ? hour : zoom === 'month' ? 6 * hour : 24 * hour);

const start = (span: Times): number => (span.from ? Date.parse(span.from) : -Infinity);
const end = (span: Times): number => (span.until ? Date.parse(span.until) : Infinity);

/**
 * What of one position (left out: all) lies on the strip, in order of time; what is on at the same time gets lines of its own. Instants are read once: a quarter of a
 * schedule has thousands.
 */
export function barsOf<T extends Times & { position?: string }>(line: Strip, items: readonly T[], position?: string): Bar<T>[] {
  const found: { item: T; from: number; to: number }[] = [];
  for (const item of items) {
    if (position !== undefined && item.position !== position) continue;
    const from = start(item);
    if (from >= line.to) continue;
    const to = end(item);
    if (to > line.from) found.push({ item, from, to });
  }
  found.sort((a, b) => a.from - b.from || a.to - b.to);
  const ends: number[] = [];
  return found.map(({ item, from, to }) => {
    const free = ends.findIndex((until) => until <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    const left = place(line, from);
    return { item, left, width: place(line, to) - left, lane, before: from < line.from, after: to > line.to, ends: to };
  });
}

/** Marks of the hours of a day: every `every`-th hour of its wall clock, also where an hour is missing or comes twice. */
export function hourMarks(line: Strip, zone: string, every: number): { at: number; hour: number; left: number }[] {
  const day = line.days[0];
  if (!day) return [];
  const marks: { at: number; hour: number; left: number }[] = [];
  for (let at = day.from; at < day.to; at += 30 * minute) {
    const wall = wallTime(at, zone);
    if (wall.minute === 0 && wall.hour % every === 0) marks.push({ at, hour: wall.hour, left: place(line, at) });
  }
  return marks;
}

/** What lies in `[from, to)`, cut to it, by the local date on which it begins there: the timeline as a list. */
export function byDate<T extends Span>(items: readonly T[], from: number, to: number, zone: string): { date: string; items: T[] }[] {
  const days = new Map<string, T[]>();
  const rank = (span: Span): number => (span.position === 'primary' ? 0 : 1);
  const within = items.filter((item) => start(item) < to && end(item) > from);
  within.sort((a, b) => Math.max(start(a), from) - Math.max(start(b), from) || rank(a) - rank(b));
  for (const item of within) {
    const date = dateOf(Math.max(start(item), from), zone);
    days.set(date, [...(days.get(date) ?? []), item]);
  }
  return [...days].map(([date, list]) => ({ date, items: list }));
}

export interface Stretch {
  from: number;
  to: number;
}

const clockOf = (text: string): { hour: number; minute: number } => ({ hour: Number(text.slice(0, 2)), minute: Number(text.slice(3, 5)) });

/** A daily window of a zone's wall clock on the dates that a strip touches there, cut to it. It may run past midnight. */
function daily(line: Strip, zone: string, from: string, to: string, on: (date: string) => boolean): Stretch[] {
  const found: Stretch[] = [];
  const last = dateOf(line.to, zone);
  for (let date = addDays(dateOf(line.from, zone), -1); date <= last; date = addDays(date, 1)) {
    if (!on(date)) continue;
    const begins = Math.max(line.from, instantOf({ date, ...clockOf(from) }, zone));
    const ends = Math.min(line.to, instantOf({ date: to <= from ? addDays(date, 1) : date, ...clockOf(to) }, zone));
    if (ends > begins) found.push({ from: begins, to: ends });
  }
  return found;
}

/** Business hours of a calendar on a strip, on the calendar's own wall; none where they are not known. */
export function businessSpans(line: Strip, calendar: { zone: string; businessDays: string[]; holidays: string[]; businessFrom?: string; businessTo?: string } | undefined): Stretch[] {
  if (!calendar?.businessFrom || !calendar.businessTo) return [];
  return daily(line, calendar.zone, calendar.businessFrom, calendar.businessTo, (date) => dayKind(date, calendar) === 'work');
}

/** From ten in the evening to six in the morning, on another wall. */
export const nightSpans = (line: Strip, zone: string): Stretch[] => daily(line, zone, '22:00', '06:00', () => true);
