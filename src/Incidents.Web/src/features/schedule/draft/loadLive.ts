import { get, getTagged } from '../../../api/client';
import type { ScheduleTimeline } from '../../../api/drafts';
import { api } from '../../../api/keys';
import type { Override } from '../../../api/scheduleTypes';
import type { AuditItem } from '../../../api/audit';
import type { Page } from '../../../api/types';
import type { Live, ScheduleDoc } from '../../../lib/draft';

const of = (name: string): string => `${api}/schedules/${encodeURIComponent(name)}`;

const basisOf = async (name: string): Promise<string | null> => (await get<ScheduleTimeline>(`${of(name)}/timeline`)).basis;

/** The schedule with its overrides as they belong together: read again when somebody changes it in between. */
export async function loadLive(name: string): Promise<Live> {
  for (let basis = await basisOf(name); ; ) {
    const [document, overrides] = await Promise.all([getTagged<ScheduleDoc>(`${of(name)}?form=document`), get<Page<Override>>(`${of(name)}/overrides?limit=1000`)]);
    const after = await basisOf(name);
    if (after === basis) return { document: document.data, basis, overrides: overrides.items };
    basis = after;
  }
}

/** Who changed the schedule or one of its overrides last, since an instant; null: the audit does not say. */
export async function lastChange(name: string, since: number): Promise<{ actor: string; at: string } | null> {
  const from = new Date(since).toISOString();
  const read = async (kind: string, query: string): Promise<AuditItem[]> => (await get<Page<AuditItem>>(`${api}/audit?kind=${kind}&from=${from}&limit=50${query}`)).items;
  const [schedules, overrides] = await Promise.all([read('schedule', `&name=${encodeURIComponent(name)}`), read('override', '')]);
  const mine = [...schedules, ...overrides.filter((item) => item.name.startsWith(`${name}/`))].sort((a, b) => b.at.localeCompare(a.at));
  return mine[0] ? { actor: mine[0].actor, at: mine[0].at } : null;
}
