import { describe, expect, it } from 'vitest';
import type { Override } from '../src/api/scheduleTypes';
import { changed, countOf, type Draft, editOf, inverseOf, type LayerDoc, type Live, moved, overridesOf, rebasedDraft, redone, startDraft, undone, withBack, withOverride, withoutOverride } from '../src/lib/draft';

const weekly: LayerDoc = { name: 'weekly', position: 'primary', start: '2026-01-05T10:00', turn: '1w', slots: [['ana'], ['bruno']] };
const days: LayerDoc = { name: 'days', position: 'primary', start: '2026-01-05T09:00', turn: '1d', slots: [['maarja']] };
const cover: Override = {
  id: 'o1', schedule: 'payments', from: '2026-12-01T10:00:00Z', to: '2026-12-01T12:00:00Z', position: 'primary', kind: 'replace', person: 'ana', with: 'bruno', reason: 'dentist', swap: null, author: 'ana', createdAt: '2026-11-01T00:00:00Z',
};
const live = (layers: LayerDoc[] = [weekly, days], overrides = [cover], basis: string | null = 'b1'): Live => ({ document: { name: 'payments', pool: 'A', zone: 'UTC', layers }, basis, overrides });
const now = Date.parse('2026-11-22T00:00:00Z');
const fresh = (): Draft => startDraft(live(), now);
const put = (draft: Draft, part: Partial<Draft['present']>): Draft => changed(draft, { ...draft.present, ...part }, now);
const plain = { schedule: 'payments', from: '2026-12-02T00:00:00.000Z', to: '2026-12-03T00:00:00.000Z', add: 'ana' };

describe('a draft', () => {
  it('is no edit before anything has changed', () => expect([editOf(fresh(), now), countOf(fresh())]).toEqual([null, 0]));

  it('undoes and redoes step by step, and a new change ends what could be redone', () => {
    const one = put(fresh(), { layers: [weekly] });
    const two = put(one, { layers: [] });
    const back = undone(undone(two, now), now);
    expect(back.present).toEqual(fresh().present);
    expect(redone(redone(back, now), now).present).toEqual(two.present);
    expect(put(undone(two, now), { layers: [days] }).future).toEqual([]);
    expect(undone(fresh(), now)).toEqual(fresh());
  });

  it('sends layers whole, and overrides that go, change and come', () => {
    const draft = put(fresh(), { layers: [{ ...weekly, slots: [['bruno'], ['ana']] }, days] });
    const moving = changed(draft, withOverride(draft, 'o1', { schedule: 'payments', from: '2026-12-01T11:00:00.000Z', to: '2026-12-01T13:00:00.000Z', replace: 'ana', with: 'bruno' }), now);
    const edit = editOf(changed(moving, withOverride(moving, null, plain), now), now);
    expect(edit?.schedules?.[0]?.layers[0]?.slots).toEqual([['bruno'], ['ana']]);
    expect(edit?.overrides?.map((one) => [one.from, one.replace ?? one.add])).toEqual([['2026-12-01T11:00:00.000Z', 'ana'], [plain.from, 'ana']]);
    expect(edit?.delete).toEqual({ overrides: ['o1'] });
  });

  it('counts a moved override as one change, and forgets it when it is back in its place', () => {
    const draft = fresh();
    const away = changed(draft, withOverride(draft, 'o1', { schedule: 'payments', from: '2026-12-01T11:00:00.000Z', to: cover.to, replace: 'ana', with: 'bruno', reason: 'dentist' }), now);
    expect([countOf(away), overridesOf(away).map((one) => one.state)]).toEqual([1, ['changed']]);
    const key = overridesOf(away)[0]!.key;
    const home = changed(away, withOverride(away, key, { schedule: 'payments', from: '2026-12-01T10:00:00.000Z', to: '2026-12-01T12:00:00.000Z', replace: 'ana', with: 'bruno', reason: 'dentist' }), now);
    expect([editOf(home, now), countOf(home)]).toEqual([null, 0]);
  });

  it('takes away an override and brings it back', () => {
    const draft = changed(fresh(), withoutOverride(fresh(), 'o1'), now);
    expect(overridesOf(draft)[0]?.state).toBe('removed');
    expect(editOf(changed(draft, withBack(draft, 'o1'), now), now)).toBeNull();
    const added = changed(draft, withOverride(draft, null, plain), now);
    expect(withoutOverride(added, 'd1').added).toEqual([]);
  });

  it('never reaches into the past, however long it was left', () => {
    const draft = changed(fresh(), withOverride(fresh(), null, plain), now);
    expect(editOf(draft, Date.parse('2026-12-02T12:00:00Z'))?.overrides?.[0]?.from).toBe('2026-12-02T12:00:00.000Z');
    expect(editOf(draft, Date.parse('2026-12-04T00:00:00Z'))).toBeNull();
  });

  it('is taken back by what it was made from, without what it made', () => {
    const draft = changed(fresh(), withOverride(put(fresh(), { layers: [days] }), 'o1', plain), now);
    const after = live([days], [{ ...cover, id: 'o2', kind: 'add', person: 'ana', with: null }], 'b2');
    expect(inverseOf(draft, after, now)).toEqual({
      schedules: [live().document],
      overrides: [{ schedule: 'payments', from: cover.from, to: cover.to, replace: 'ana', with: 'bruno', reason: 'dentist' }],
      delete: { overrides: ['o2'] },
    });
    expect(inverseOf(fresh(), live(), now)).toBeNull();
  });

  it('of a schedule that is not there yet is an edit from the start', () => expect(editOf(startDraft(live([], [], null), now), now)?.schedules).toHaveLength(1));
});

describe('a draft on what has changed meanwhile', () => {
  const mine = put(fresh(), { layers: [{ ...weekly, slots: [['bruno'], ['ana']] }, days] });

  it('keeps both changes where they touch different things', () => {
    const { draft, clashes } = rebasedDraft(mine, live([{ ...weekly, turn: '2w' }, { ...days, until: '2027-01-01T00:00' }], [cover], 'b2'), now);
    expect(draft.present.layers).toEqual([{ ...weekly, turn: '2w', slots: [['bruno'], ['ana']] }, { ...days, until: '2027-01-01T00:00' }]);
    expect([clashes, draft.base.basis]).toEqual([[], 'b2']);
  });

  it('counts mine where both changed the same, and says so', () => {
    const { draft, clashes } = rebasedDraft(mine, live([{ ...weekly, slots: [['ana'], ['maarja']] }, days]), now);
    expect(draft.present.layers[0]?.slots).toEqual([['bruno'], ['ana']]);
    expect(clashes).toEqual([{ layer: 'weekly', fields: ['slots'] }]);
  });

  it('takes over layers that came and went, but not those that I changed', () => {
    const { draft, clashes } = rebasedDraft(mine, live([{ ...days, name: 'nights' }]), now);
    expect(draft.present.layers.map((layer) => layer.name)).toEqual(['nights', 'weekly']);
    expect(clashes).toEqual([{ layer: 'weekly', fields: [] }]);
  });

  it('keeps an override of mine whose original somebody took away', () => {
    const draft = fresh();
    const away = changed(draft, withOverride(draft, 'o1', { ...plain, add: undefined, replace: 'ana', with: 'maarja' }), now);
    const { draft: next, clashes } = rebasedDraft(away, live([weekly, days], [], 'b2'), now);
    expect(overridesOf(next).map((one) => one.state)).toEqual(['new']);
    expect([next.present.removed, clashes]).toEqual([[], [{ layer: null, fields: [] }]]);
  });

  it('can still be undone', () => {
    const { draft } = rebasedDraft(mine, live([{ ...weekly, turn: '2w' }, days], [cover], 'b2'), now);
    expect(editOf(undone(draft, now), now)).toBeNull();
  });
});

it('moves an item of a list', () => expect([moved(['a', 'b', 'c'], 0, 2), moved(['a', 'b', 'c'], 2, 0), moved(['a'], 3, 0)]).toEqual([['b', 'c', 'a'], ['c', 'a', 'b'], ['a']]));
