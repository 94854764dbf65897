import { freeName, type LayerDoc, levelOf } from './draft';
import { addDays, weekday } from './zone';

/**
 * A layer above all others, named by `word`: weeks by turns. It begins on the Monday of `today`'s week, so that it holds at once and weeks change on
 * Mondays, at the clock time at which the others do.
 */
export function newLayer(layers: readonly LayerDoc[], word: string, today: string, people: readonly string[]): LayerDoc {
  const top = 1 + Math.max(0, ...layers.map((_, index) => levelOf(layers, index)));
  const clock = layers.find((one) => one.start)?.start?.slice(11) ?? '10:00';
  return {
    name: freeName(layers, word),
    position: 'primary',
    ...(top !== layers.length + 1 && { level: top }),
    start: `${addDays(today, -weekday(today))}T${clock}`,
    turn: '1w',
    slots: people.map((login) => [login]),
  };
}
