import type { OwnContact, QuietHours, Step } from '../api/reach';
import { reachText as t } from '../text/reach';
import { lengthOf } from './policy';
import { longLength } from './time';

/** "call +372…": what a step does, in a word. */
export function wayOf(contact: Pick<OwnContact, 'kind' | 'address'> | undefined, name: string): string {
  return contact ? `${t.does[contact.kind] ?? contact.kind} ${contact.address}` : name;
}

/** Steps by their delay, earliest first; what happens at the same time stands together. */
export function byDelay(steps: readonly Step[]): { delay: number; contacts: string[] }[] {
  const groups: { delay: number; contacts: string[] }[] = [];
  const timed = steps.map((step) => ({ contact: step.contact, delay: lengthOf(step.after) ?? 0 })).sort((a, b) => a.delay - b.delay);
  for (const { contact, delay } of timed) {
    const last = groups.at(-1);
    if (last?.delay === delay) last.contacts.push(contact);
    else groups.push({ delay, contacts: [contact] });
  }
  return groups;
}

/** A sequence as one would tell it: "At once: call +372…; after 2 min: SMS to …; until a person answers." */
export function ruleSentence(steps: readonly Step[], contacts: readonly OwnContact[]): string {
  if (steps.length === 0) return t.sentence.none;
  const parts = byDelay(steps).map(({ delay, contacts: names }) =>
    t.sentence.part(delay === 0 ? t.sentence.atOnce : t.sentence.after(longLength(delay)), names.map((name) => wayOf(contacts.find((contact) => contact.name === name), name)).join(t.sentence.and)),
  );
  return `${parts.join('; ')}; ${t.sentence.ends}`;
}

/** The same list with one moved; where it cannot go it stays. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return next;
  const [one] = next.splice(from, 1);
  next.splice(to, 0, one as T);
  return next;
}

/** Moves who is reached; when the places are due stays, so that the sequence keeps its rhythm. */
export function movedSteps(steps: readonly Step[], from: number, to: number): Step[] {
  const order = moved(steps, from, to);
  return order.map((step, place) => ({ contact: step.contact, after: steps[place]?.after ?? step.after }));
}

export interface Fault {
  path: string;
  message: string;
}

/** The fault of one field: paths name a contact by its name where it has one, else by its place. */
export const faultAt = (faults: readonly Fault[], ...ends: string[]): string | undefined => faults.find(({ path }) => ends.some((end) => path.endsWith(end)))?.message;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Quiet hours as one would tell them. */
export const quietSentence = ({ from, to, days }: QuietHours): string => t.quiet.sentence(from, to, days.length === 7 ? t.quiet.everyDay : days.map((day) => t.quiet.day[day] ?? day).join(', '));
