import type { Icon } from '@tabler/icons-react';
import type { TimelineEntry, TimelineKind } from '../../api/types';
import { instantsLocal } from '../../lib/time';
import { text } from '../../text/en';
import { timelineText } from '../../text/incident';
import {
  IconAlertTriangle,
  IconBell,
  IconBellOff,
  IconBolt,
  IconCheck,
  IconChecks,
  IconCircleCheck,
  IconClock,
  IconFilter,
  IconMessage,
  IconMoon,
  IconNote,
  IconPhoneCall,
  IconPhoneCheck,
  IconPhoneOff,
  IconPhoneX,
  IconPlayerSkipForward,
  IconRefresh,
  IconSend,
  IconStairsUp,
} from '../../ui/icons';

export type Tone = 'plain' | 'red' | 'green' | 'blue' | 'amber';

export interface Described {
  icon: Icon;
  tone: Tone;
  title: string;
  /** A short addition beside the title, such as the way an action came. */
  extra: string | null;
  body: string | null;
}

const t = timelineText;
const looks: Record<string, [Icon, Tone]> = {
  opened: [IconBolt, 'red'],
  alertJoined: [IconBell, 'plain'],
  alertResolved: [IconBellOff, 'plain'],
  triaged: [IconFilter, 'plain'],
  levelStarted: [IconStairsUp, 'amber'],
  levelSkipped: [IconPlayerSkipForward, 'plain'],
  pageRequested: [IconSend, 'plain'],
  pageSent: [IconPhoneCall, 'plain'],
  pageFailed: [IconPhoneX, 'red'],
  pageCanceled: [IconPhoneOff, 'plain'],
  delivered: [IconCircleCheck, 'plain'],
  answered: [IconPhoneCheck, 'plain'],
  acknowledged: [IconCheck, 'blue'],
  unacknowledged: [IconClock, 'amber'],
  escalated: [IconStairsUp, 'amber'],
  snoozed: [IconMoon, 'plain'],
  note: [IconNote, 'plain'],
  resolved: [IconChecks, 'green'],
  reopened: [IconRefresh, 'red'],
  overloaded: [IconAlertTriangle, 'amber'],
  parked: [IconAlertTriangle, 'red'],
};

/** What people do; the way it came is told with it. */
const personal = new Set<string>(['acknowledged', 'escalated', 'snoozed', 'note', 'resolved'] satisfies TimelineKind[]);

/** "pageSent" → "Page sent": for kinds that this console does not know. */
const spaced = (kind: string): string => {
  const words = kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What to say where the server sent no sentence. */
function fallback(entry: TimelineEntry): string {
  const who = entry.person ?? entry.actor;
  const level = entry.level ? ` (${text.list.level(entry.level)})` : '';
  return `${spaced(entry.kind)}${who && who !== 'system' ? `: ${who}` : ''}${level}`;
}

/** How a timeline entry looks and reads; `names` are full names by login. */
export function describe(entry: TimelineEntry, names?: ReadonlyMap<string, string>): Described {
  const [icon, tone] = looks[entry.kind] ?? [entry.kind.toLowerCase().includes('fail') ? IconAlertTriangle : IconMessage, 'plain'];
  // A page looks like the channel that it takes.
  const written = entry.channel && entry.channel !== 'voice' && icon === IconPhoneCall;
  const isNote = entry.kind === 'note';
  const byPerson = personal.has(entry.kind) && entry.via && entry.via !== 'system' && entry.via !== 'source';
  return {
    icon: written ? IconMessage : icon,
    tone,
    title: isNote ? t.wrote(names?.get(entry.actor ?? '') ?? entry.actor ?? t.somebody) : entry.text ? instantsLocal(entry.text, Date.now()) : fallback(entry),
    extra: byPerson ? t.through(t.via[entry.via ?? ''] ?? entry.via ?? '') : null,
    body: isNote ? entry.text : null,
  };
}
