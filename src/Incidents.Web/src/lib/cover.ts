import type { NewOverride, OverrideKind, Position } from '../api/scheduleTypes';
import { fromField } from './zone';

/** The fields of "Cover…", as they stand; times on the viewer's wall. */
export interface CoverForm {
  kind: OverrideKind;
  position: Position;
  from: string;
  to: string;
  /** Who is replaced, added or removed. */
  who: string;
  /** Who takes the place; only with replace. */
  with: string;
  reason: string;
}

/** The override that the fields describe; null while something is missing or contradicts itself. */
export function draftOf(form: CoverForm, schedule: string, zone: string): NewOverride | null {
  const from = fromField(form.from, zone);
  const to = fromField(form.to, zone);
  if (from === null || to === null || to <= from || !form.who) return null;
  if (form.kind === 'replace' && (!form.with || form.with === form.who)) return null;
  return {
    schedule,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(form.position === 'secondary' && { position: form.position }),
    [form.kind]: form.who,
    ...(form.kind === 'replace' && { with: form.with }),
    ...(form.reason.trim() && { reason: form.reason.trim() }),
  };
}

const kinds = ['replace', 'add', 'remove'];

/** Which field a fault of the server belongs to: `overrides[0].with` → `with`; the kinds name the person. */
export function fieldOf(path: string): string {
  const name = path.split('.').at(-1)?.replace(/\[.*\]$/, '') ?? path;
  return kinds.includes(name) ? 'who' : name;
}

const day = 86_400_000;

/** What a preview looks at: 90 days from now, or from an earlier beginning of the draft; longer where the draft is, at most about a year. */
export function previewWindow(draft: Pick<NewOverride, 'from' | 'to'> | null, now: number): { from: string; to: string } {
  const begin = Math.min(now, draft ? Date.parse(draft.from) : now);
  const end = Math.max(now + 90 * day, draft ? Date.parse(draft.to) : now);
  const from = end - begin > 360 * day && draft ? Date.parse(draft.from) - 30 * day : begin;
  return { from: new Date(from).toISOString(), to: new Date(Math.min(end, from + 360 * day)).toISOString() };
}
