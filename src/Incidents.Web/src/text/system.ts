import { words } from './words';

/** What a person reads about the health of the installation. */
export const systemText = words('system', {
  health: 'Health',
  overall: {
    ok: 'Everything works',
    degraded: 'Works, with something down',
    down: 'Not able to do its work',
  } as Record<string, string>,
  ok: 'ok',
  parked: 'Parked messages',
  parkedHint: 'Work that failed ten times. It is tried again every 5 minutes; its incident has gone on by itself meanwhile.',
  parkedEmpty: 'Nothing is parked',
  parkedEmptyHint: 'A message that fails again and again would wait here.',
  failures: (count: number) => `${count} failures`,
  parkedAgo: (age: string) => `parked ${age} ago`,
  nextTry: 'next try in',
  content: 'Content',
  replay: 'Replay',
  discard: 'Discard',
  replayed: 'Message replayed',
  discarded: 'Message discarded',
  confirm: 'Discard this message?',
  confirmHint: 'The work in it will never be done. This cannot be undone.',
});
