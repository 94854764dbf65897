import { afterEach, describe, expect, it } from 'vitest';
import { noteServerDate, serverNow } from '../src/lib/clock';

describe('the clock', () => {
  afterEach(() => noteServerDate(new Date().toUTCString()));

  it('follows a server that is far from the viewer', () => {
    const now = Date.now();
    noteServerDate(new Date(now + 60_000).toUTCString(), now);
    expect(Math.abs(serverNow() - Date.now() - 60_000)).toBeLessThan(1_100);
  });

  it('ignores what the header is too coarse for, and a missing one', () => {
    const now = Date.now();
    noteServerDate(new Date(now).toUTCString(), now);
    noteServerDate(null, now);
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(50);
  });
});
