import { describe, expect, it } from 'vitest';
import { newLayer } from '../src/lib/newLayer';

describe('a new layer', () => {
  it('begins on the Monday of this week at the time of the others, above them', () =>
    expect(newLayer([{ name: 'weekly', position: 'primary', start: '2026-01-05T09:30' }, { name: 'layer 2', position: 'primary', level: 5 }], 'layer', '2026-11-19', ['ana', 'bo'])).toEqual({
      name: 'layer 3', position: 'primary', level: 6, start: '2026-11-16T09:30', turn: '1w', slots: [['ana'], ['bo']],
    }));

  it('is the first of an empty schedule', () => expect(newLayer([], 'layer', '2026-11-16', ['ana'])).toEqual({ name: 'layer 1', position: 'primary', start: '2026-11-16T10:00', turn: '1w', slots: [['ana']] }));
});
