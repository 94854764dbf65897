import type { Me } from '../api/types';
import { text } from '../text/en';
import {
  IconBell, IconBinaryTree, IconCalendar, IconCalendarUser, IconFilter, IconHeartbeat, IconHistory, IconPlugConnected, IconReceipt, IconShieldCheck, IconStairsUp, IconUserCircle, IconUsers, IconUsersGroup, IconWebhook,
} from '../ui/icons';

export interface Place {
  to: string;
  title: string;
  icon: typeof IconBell;
}

export interface PlaceGroup {
  title: string;
  places: Place[];
}

const ranks = ['observer', 'responder', 'manager', 'admin'];

/**
 * Whether a role includes another; an unknown one includes nothing. `team`: for a thing of this team; null: for what is of no team, and so everybody's;
 * left out: for some thing somewhere.
 */
export const can = (me: Pick<Me, 'role' | 'teams'> | undefined, role: 'responder' | 'manager' | 'admin', team?: string | null): boolean =>
  !!me && ranks.indexOf(me.role) >= ranks.indexOf(role) && (team === undefined || !me.teams || (team !== null && me.teams.includes(team)));

/** The same for somebody: one of their teams is enough. */
export const canFor = (me: Pick<Me, 'role' | 'teams'> | undefined, role: 'responder' | 'manager', teams: readonly string[] = []): boolean =>
  can(me, role, null) || teams.some((team) => can(me, role, team));

/** Where one can go, by what it is about; what a role may not see is left out. A function, because the language is chosen after this file is read. */
export function placesFor(me: Me | undefined): PlaceGroup[] {
  const t = text.nav;
  return [
    {
      title: t.now,
      places: [
        { to: '/', title: t.incidents, icon: IconBell },
        { to: '/oncall', title: t.oncall, icon: IconUsers },
        { to: '/schedules', title: t.schedules, icon: IconCalendar },
        { to: '/me', title: t.me, icon: IconCalendarUser },
      ],
    },
    {
      title: t.organisation,
      places: [
        { to: '/services', title: t.services, icon: IconBinaryTree },
        { to: '/policies', title: t.policies, icon: IconStairsUp },
        { to: '/people', title: t.people, icon: IconUserCircle },
        { to: '/teams', title: t.teams, icon: IconUsersGroup },
        { to: '/integrations', title: t.integrations, icon: IconPlugConnected },
        { to: '/rules', title: t.rules, icon: IconFilter },
      ],
    },
    {
      title: t.administration,
      places: [
        ...(can(me, 'manager') ? [{ to: '/pay', title: t.pay, icon: IconReceipt }] : []),
        ...(can(me, 'responder') ? [{ to: '/audit', title: t.audit, icon: IconHistory }] : []),
        ...(can(me, 'manager', null) ? [{ to: '/webhooks', title: t.webhooks, icon: IconWebhook }] : []),
        { to: '/account', title: t.account, icon: IconShieldCheck },
        { to: '/system', title: t.system, icon: IconHeartbeat },
      ],
    },
  ];
}

/** How many places of the first group stand under the thumb; the others are behind "More". */
export const underThumb = 4;

/** A page of one thing: where it leads back to, and how the thing is named in the address. */
export function detailOf(pathname: string, places: Place[]): { to: string; back: string; title: string } | undefined {
  const [, section = '', id] = pathname.split('/');
  if (!id) return undefined;
  if (section === 'incidents') return { to: '/', back: text.nav.incidents, title: `#${decoded(id)}` };
  const place = places.find((candidate) => candidate.to === `/${section}`);
  return place && { to: place.to, back: place.title, title: decoded(id) };
}

/** A part of the address as it reads; a broken one as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
