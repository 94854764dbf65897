import { expect, it } from 'vitest';
import { type Entry, find } from '../src/lib/find';

const entry = (kind: Entry['kind'], name: string, also?: string): Entry => ({ kind, name, also, to: `/${name}` });
const entries = [entry('page', 'Schedules'), entry('incident', '#42 Payments fail'), entry('service', 'order-board'), entry('person', 'Jüri Kask', 'juri'), entry('schedule', 'board'), entry('team', 'keyboard')];
const names = (query: string) => find(entries, query).map(({ name }) => name);

it('shows pages while nothing is asked', () => expect(names(' ')).toEqual(['Schedules']));
it('the name itself first, then beginnings, words, and what is inside', () => expect(names('board')).toEqual(['board', 'order-board', 'keyboard']));
it('knows accents, logins and numbers', () => {
  expect(names('juri')).toEqual(['Jüri Kask']);
  expect(names('#42')).toEqual(['#42 Payments fail']);
  expect(names('42')).toEqual(['#42 Payments fail']);
  expect(names('nothing')).toEqual([]);
});
