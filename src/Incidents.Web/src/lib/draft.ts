import type { NewOverride, Override } from '../api/scheduleTypes';
import { fieldChanges, rebased } from './diff';

/** A draft of a schedule: layers and overrides that are not in force yet. Pure; where it is kept is somebody else's business (`draftStore`). */

export interface WindowDoc {
  days?: string[];
  from: string;
  to: string;
  on?: string;
  calendar?: string;
}

/** A layer as the configuration document writes it. */
export interface LayerDoc {
  name: string;
  position?: string;
  level?: number;
  zone?: string;
  start?: string;
  until?: string;
  turn?: string;
  slots?: string[][];
  windows?: WindowDoc[];
  advance?: string;
  nextInOrderOf?: string;
}

export interface ScheduleDoc {
  name: string;
  team?: string;
  pool: string;
  zone: string;
  layers: LayerDoc[];
}

/** An override of the draft; `of`: the live one that it takes the place of. */
export interface DraftOverride extends NewOverride {
  key: string;
  of?: string;
}

/** What can be undone and redone. */
export interface DraftState {
  layers: LayerDoc[];
  added: DraftOverride[];
  /** Ids of live overrides that go. */
  removed: string[];
}

/** The live schedule that the draft was made from. */
export interface Live {
  document: ScheduleDoc;
  /** The server's mark of it; null: there was none of this name. */
  basis: string | null;
  overrides: Override[];
}

export interface Draft {
  form: 1;
  base: Live;
  startedAt: number;
  changedAt: number;
  past: DraftState[];
  present: DraftState;
  future: DraftState[];
  /** From when the layers hold; null: from when it is published. */
  effective: string | null;
}

/** An edit as the API takes it. */
export interface ScheduleEdit {
  schedules?: ScheduleDoc[];
  overrides?: NewOverride[];
  delete?: { overrides: string[] };
  effective?: string;
}

const steps = 200;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const stateOf = (live: Live): DraftState => ({ layers: live.document.layers, added: [], removed: [] });

export function startDraft(live: Live, now: number): Draft {
  return { form: 1, base: live, startedAt: now, changedAt: now, past: [], present: stateOf(live), future: [], effective: null };
}

export function changed(draft: Draft, next: DraftState, now: number): Draft {
  if (same(next, draft.present)) return draft;
  return { ...draft, past: [...draft.past, draft.present].slice(-steps), present: next, future: [], changedAt: now };
}

export function undone(draft: Draft, now: number): Draft {
  const last = draft.past.at(-1);
  return last ? { ...draft, past: draft.past.slice(0, -1), present: last, future: [draft.present, ...draft.future], changedAt: now } : draft;
}

export function redone(draft: Draft, now: number): Draft {
  const [next, ...rest] = draft.future;
  return next ? { ...draft, past: [...draft.past, draft.present], present: next, future: rest, changedAt: now } : draft;
}

const asNew = ({ schedule, from, to, position, kind, person, with: by, reason }: Override): NewOverride => ({
  schedule,
  from,
  to,
  ...(position === 'secondary' && { position: 'secondary' as const }),
  [kind]: person,
  ...(by && { with: by }),
  ...(reason && { reason }),
});

/** Who an override is about, and what it does to them. */
export function actOf(override: NewOverride): { kind: 'replace' | 'add' | 'remove'; person: string } {
  if (override.replace) return { kind: 'replace', person: override.replace };
  return override.add ? { kind: 'add', person: override.add } : { kind: 'remove', person: override.remove ?? '' };
}

/** An override as the draft shows it. */
export interface Shown {
  /** Stays while it is moved about: the id of the live one that it stands for, or its key. */
  id: string;
  /** The id of a live one, the key of one of the draft. */
  key: string;
  override: NewOverride;
  state: 'kept' | 'new' | 'changed' | 'removed';
  /** Written by a swap: it comes and goes with that. */
  swap: boolean;
}

/** Live overrides, and those of the draft, by beginning; a removed one is still listed, one that another takes the place of is not. */
export function overridesOf({ base, present }: Draft): Shown[] {
  const instead = new Set(present.added.map((one) => one.of));
  const live = base.overrides
    .filter((one) => !instead.has(one.id))
    .map((one): Shown => ({ id: one.id, key: one.id, override: asNew(one), state: present.removed.includes(one.id) ? 'removed' : 'kept', swap: !!one.swap }));
  const added = present.added.map(({ key, of, ...override }): Shown => ({ id: of ?? key, key, override, state: of ? 'changed' : 'new', swap: false }));
  return [...live, ...added].sort((a, b) => a.override.from.localeCompare(b.override.from));
}

const freeKey = (state: DraftState): string => `d${1 + Math.max(0, ...state.added.map((one) => Number(one.key.slice(1)) || 0))}`;

/** With an override put in the place of the one under the key, or added when there is none; back to what a live one was, it is that again. */
export function withOverride(draft: Draft, key: string | null, override: NewOverride): DraftState {
  const { present, base } = draft;
  const live = base.overrides.find((one) => one.id === key);
  const own = present.added.find((one) => one.key === key);
  const of = live?.id ?? own?.of;
  const origin = base.overrides.find((one) => one.id === of);
  const rest = present.added.filter((one) => one.key !== key);
  const removed = present.removed.filter((id) => id !== of);
  if (origin && same(asNew(origin), ordered(override))) return { ...present, added: rest, removed };
  return { ...present, added: [...rest, { ...override, key: own?.key ?? freeKey(present), ...(of && { of }) }], removed: of ? [...removed, of] : removed };
}

/** In the order of keys that `asNew` has, so that two equal ones are written alike. */
const ordered = ({ schedule, from, to, position, with: by, reason, ...rest }: NewOverride): NewOverride => ({
  schedule,
  from: new Date(from).toISOString().replace('.000Z', 'Z'),
  to: new Date(to).toISOString().replace('.000Z', 'Z'),
  ...(position === 'secondary' && { position }),
  ...rest,
  ...(by && { with: by }),
  ...(reason && { reason }),
});

export function withoutOverride({ present }: Draft, key: string): DraftState {
  const own = present.added.find((one) => one.key === key);
  if (own) return { ...present, added: present.added.filter((one) => one !== own) };
  return present.removed.includes(key) ? present : { ...present, removed: [...present.removed, key] };
}

/** A live override that was to go, or to change, stays as it is. */
export function withBack({ present }: Draft, key: string): DraftState {
  return { ...present, added: present.added.filter((one) => one.of !== key), removed: present.removed.filter((id) => id !== key) };
}

/**
 * The draft as an edit. What has begun meanwhile begins now, since the past does not change; what is over meanwhile is left out. Null: the draft is as the
 * live schedule.
 */
export function editOf(draft: Draft, now: number): ScheduleEdit | null {
  const { base, present } = draft;
  const layers = base.basis === null || !same(present.layers, base.document.layers);
  const overrides = present.added
    .filter((one) => Date.parse(one.to) > now)
    .map(({ key: _, of: __, ...one }): NewOverride => ({ ...one, from: Date.parse(one.from) < now ? new Date(now).toISOString() : one.from }));
  if (!layers && overrides.length === 0 && present.removed.length === 0) return null;
  return {
    ...(layers && { schedules: [{ ...base.document, layers: present.layers }] }),
    ...(overrides.length > 0 && { overrides }),
    ...(present.removed.length > 0 && { delete: { overrides: present.removed } }),
    ...(layers && draft.effective && Date.parse(draft.effective) > now && { effective: draft.effective }),
  };
}

/**
 * What takes a published draft back, as far as it lies ahead: the layers as they were, the overrides that went, without those that came. `after`: what is live
 * since. Null: nothing is left to take back.
 */
export function inverseOf({ base, present }: Draft, after: Live, now: number): ScheduleEdit | null {
  const lost = base.overrides.filter((one) => present.removed.includes(one.id) && Date.parse(one.to) > now).map((one) => ({ ...asNew(one), from: Date.parse(one.from) < now ? new Date(now).toISOString() : one.from }));
  const came = after.overrides.filter((one) => !one.swap && base.overrides.every((other) => other.id !== one.id)).map((one) => one.id);
  const layers = !same(present.layers, base.document.layers);
  if (!layers && lost.length + came.length === 0) return null;
  return { ...(layers && { schedules: [base.document] }), ...(lost.length > 0 && { overrides: lost }), ...(came.length > 0 && { delete: { overrides: came } }) };
}

/** How many things differ from the live schedule: layers, and overrides. */
export function countOf({ base, present }: Draft): number {
  const named = new Map(base.document.layers.map((layer) => [layer.name, layer]));
  const layers = present.layers.filter((layer) => !same(named.get(layer.name), layer)).length + base.document.layers.filter((layer) => present.layers.every((one) => one.name !== layer.name)).length;
  const reordered = layers === 0 && !same(present.layers, base.document.layers) ? 1 : 0;
  const replaced = present.added.filter((one) => one.of).length;
  return layers + reordered + present.added.length + present.removed.length - replaced + (base.basis === null && layers === 0 ? 1 : 0);
}

export interface Clash {
  /** A layer's name; null: an override. */
  layer: string | null;
  /** The fields that both have changed; empty: one has taken away what the other changed. */
  fields: string[];
}

/** Three versions of a list of layers → one: what only one of the two changed is taken over, where both changed the same, mine counts and is told. */
function mergeLayers(base: LayerDoc[], mine: LayerDoc[], theirs: LayerDoc[], clashes: Clash[]): LayerDoc[] {
  const find = (list: LayerDoc[], name: string): LayerDoc | undefined => list.find((layer) => layer.name === name);
  const merged: LayerDoc[] = [];
  for (const layer of theirs) {
    const was = find(base, layer.name);
    const own = find(mine, layer.name);
    if (!was || same(was, layer)) {
      // Nobody else touched it, or it is theirs alone; of two new ones of one name mine counts.
      if (own && !was && !same(own, layer)) clashes.push({ layer: layer.name, fields: [] });
      if (own || !was) merged.push(own ?? layer);
      continue;
    }
    if (!own) {
      clashes.push({ layer: layer.name, fields: [] });
      continue;
    }
    const theirFields = new Set(fieldChanges(was, layer).map(({ path }) => path.split(' › ')[0]));
    const both = [...new Set(fieldChanges(was, own).map(({ path }) => path.split(' › ')[0]!))].filter((field) => theirFields.has(field) && !same(own[field as keyof LayerDoc], layer[field as keyof LayerDoc]));
    if (both.length > 0) clashes.push({ layer: layer.name, fields: both });
    merged.push(rebased({ ...was }, { ...own }, { ...layer }) as unknown as LayerDoc);
  }
  for (const layer of mine) {
    if (find(theirs, layer.name)) continue;
    const was = find(base, layer.name);
    // Taken away by somebody else: that stands, unless I have changed it.
    if (was && same(was, layer)) continue;
    if (was) clashes.push({ layer: layer.name, fields: [] });
    merged.push(layer);
  }
  // My order, where it is mine that changed.
  const order = (list: LayerDoc[]): string => list.map((layer) => layer.name).join('\n');
  if (order(base) !== order(mine) && order(base) === order(theirs)) merged.sort((a, b) => mine.findIndex((one) => one.name === a.name) - mine.findIndex((one) => one.name === b.name));
  return merged;
}

/** My draft on top of what the schedule has become meanwhile. Nothing of mine is lost; what both have changed is told. */
export function rebasedDraft(draft: Draft, live: Live, now: number): { draft: Draft; clashes: Clash[] } {
  const there = new Set(live.overrides.map((one) => one.id));
  const on = (state: DraftState, clashes: Clash[]): DraftState => {
    const lost = state.added.some((one) => one.of && !there.has(one.of));
    if (lost) clashes.push({ layer: null, fields: [] });
    return {
      layers: mergeLayers(draft.base.document.layers, state.layers, live.document.layers, clashes),
      added: state.added.map(({ of, ...one }) => (of && there.has(of) ? { ...one, of } : one)),
      removed: state.removed.filter((id) => there.has(id)),
    };
  };
  const clashes: Clash[] = [];
  const present = on(draft.present, clashes);
  return {
    draft: { ...draft, base: live, present, past: draft.past.map((state) => on(state, [])), future: draft.future.map((state) => on(state, [])), changedAt: now },
    clashes,
  };
}

/** A name that no layer has yet: "layer 2". */
export function freeName(layers: readonly LayerDoc[], word: string): string {
  for (let count = layers.length + 1; ; count++) if (layers.every((layer) => layer.name !== `${word} ${count}`)) return `${word} ${count}`;
}

/** The level that a layer has: its own, or its place in the list. */
export const levelOf = (layers: readonly LayerDoc[], index: number): number => layers[index]?.level ?? index + 1;

/** The item at `from` put to `to`; the others close up. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)];
}
