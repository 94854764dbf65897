import { words } from './words';

/** What a person reads about the hours ahead on "On call". */
export const wallText = words('wall', {
  handoffs: 'Next handoffs',
  handoffsHint: 'The next 48 hours, all schedules',
  handoffsNone: 'Nobody hands over within 48 hours.',
  gaps: 'Gaps ahead',
  gapsHint: 'The next 14 days',
  gapsNone: 'Somebody is on call everywhere for the next 14 days.',
  in: (left: string) => `in ${left}`,
  from: 'from',
  nobody: 'nobody',
  more: (count: number) => `and ${count} more`,
  long: (length: string) => `${length} long`,
});
