import { dateLocale } from '../text/words';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs a hundred times what using it does, and a timeline writes thousands of times. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(locale, options)));
  return found;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A length of time in its largest unit, rounded down: "12 s", "4 min", "3 h", "2 d". Negative lengths are "0 s". */
export function shortLength(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** A length in its two largest units: "4 min 10 s", "3 h 5 min", "2 d 4 h". */
export function longLength(ms: number): string {
  const length = Math.max(0, ms);
  if (length < minute) return `${Math.floor(length / second)} s`;
  const pair = (big: number, bigName: string, small: number, smallName: string): string => {
    const rest = Math.floor((length % big) / small);
    return `${Math.floor(length / big)} ${bigName}${rest ? ` ${rest} ${smallName}` : ''}`;
  };
  if (length < hour) return pair(minute, 'min', second, 's');
  if (length < day) return pair(hour, 'h', minute, 'min');
  return pair(day, 'd', hour, 'h');
}

/**
 * What is left until `at`: "0:42", "12:05", "1:02:09"; a day or more in units. Rounded up, so that 0:01 is shown
 * during the last second; null once it is due.
 */
export function countdown(at: string | number, now: number): string | null {
  const left = (typeof at === 'number' ? at : Date.parse(at)) - now;
  if (!(left > 0)) return null;
  if (left >= day) return longLength(left);
  const seconds = Math.ceil(left / second);
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds % 60;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** How long after `start` something happened: "+0:12", "+1:02:09"; null when both are the same second. */
export function sinceStart(at: string, start: string): string | null {
  const left = Math.floor((Date.parse(at) - Date.parse(start)) / second);
  if (!(left > 0)) return null;
  return `+${countdown(left * second, 0) ?? ''}`;
}

/** Date, time to the second and zone, as the viewer writes them. */
export function absolute(at: string, zone?: string): string {
  return format(dateLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(new Date(at));
}

/** "14:03:07" in the viewer's zone. */
export function clockTime(at: string, zone?: string): string {
  return format('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone }).format(
    new Date(at),
  );
}

/** "Mon 24 Nov 10:00"; today only "10:00". */
export function dayTime(at: string, now: number, zone?: string): string {
  const time = clockTime(at, zone).slice(0, 5);
  return dayKey(at, zone) === dayKey(new Date(now).toISOString(), zone) ? time : `${dayName(at, zone)} ${time}`;
}

/** A date without the commas and full stops that locales put into it: "seg., 24 de nov." → "seg 24 nov". */
export const tidy = (date: string): string => date.replace(/[.,]/g, '').replaceAll(' de ', ' ');

/** "Mon 24 Nov". */
export function dayName(at: string, zone?: string): string {
  const parts = format(dateLocale(), { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  return tidy(parts.format(new Date(at)));
}

/** A key that is equal for instants on the same day of the viewer. */
export function dayKey(at: string, zone?: string): string {
  return format('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(new Date(at));
}

/** The same sentence with the instants in it ("2026-11-24T09:00:00Z", "2026-11-24 09:00 UTC") written for the viewer. */
export function instantsLocal(sentence: string, now: number, zone?: string): string {
  return sentence.replace(/(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z| UTC)/g, (_, date: string, time: string) => dayTime(`${date}T${time}Z`, now, zone));
}

/** A zone that this browser can compute with: where the machine's is not known, browsers name one that they themselves refuse. */
export function usableZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

let zone: string | undefined;

export const viewerZone = (): string => (zone ??= usableZone(Intl.DateTimeFormat().resolvedOptions().timeZone));

/** Nine o'clock of the viewer's next morning (today's if it is still to come). */
export function nextMorning(now: number): Date {
  const at = new Date(now);
  at.setHours(9, 0, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at;
}
