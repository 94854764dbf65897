import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../../api/client';
import { useBasis, useDraftDifference, useDraftTimeline, useTimeline } from '../../../api/drafts';
import { useEverybody, usePeople } from '../../../api/queries';
import { useCalendars, useRefreshSchedules, useTeams } from '../../../api/schedules';
import type { Me } from '../../../api/types';
import { serverNow, useNow } from '../../../lib/clock';
import { type Clash, countOf, type DraftState, editOf, freeName, type LayerDoc, levelOf, type Live, overridesOf, rebasedDraft, startDraft, withBack, withOverride, withoutOverride } from '../../../lib/draft';
import { hue } from '../../../lib/people';
import { intervalText } from '../../../lib/shifts';
import { place, type Strip, stripsOf } from '../../../lib/timeline';
import { addDays, dateOf, hour, minute, weekday } from '../../../lib/zone';
import { draftText as t } from '../../../text/drafts';
import { scheduleText } from '../../../text/schedules';
import { IconPencil, IconPlus } from '../../../ui/icons';
import { LoadError } from '../../../ui/LoadError';
import page from '../SchedulePage.module.css';
import { type OnTip, Timeline } from '../Timeline';
import { Toolbar, zonesOf } from '../Toolbar';
import { useExtraRows } from '../useExtraRows';
import type { Range } from '../useRange';
import { useView } from '../view';
import { ComparePanel } from './ComparePanel';
import { ConflictPanel } from './ConflictPanel';
import { DraftBar } from './DraftBar';
import styles from './DraftEditor.module.css';
import LayerPanel from './LayerPanel';
import { loadLive } from './loadLive';
import { OverrideRow, wordsOf } from './OverrideRow';
import { type DraftHandle, useDraft } from './useDraft';

const OverrideDialog = lazy(() => import('./OverrideDialog'));
const PublishDialog = lazy(() => import('./PublishDialog'));

interface Props {
  name: string;
  me: Me;
}

/** The editor of a draft: read what is live, or go on with what is kept here. */
export default function DraftEditor({ name, me }: Props) {
  const { handle, begin } = useDraft(me.login, name);
  const [failed, setFailed] = useState<Error | null>(null);
  const load = useCallback(() => {
    setFailed(null);
    loadLive(name).then((live) => begin(startDraft(live, serverNow())), setFailed);
  }, [name, begin]);
  const missing = !handle;
  useEffect(() => {
    if (missing) load();
  }, [missing, load]);
  if (failed) return <LoadError error={failed} retry={load} />;
  if (!handle) return <Skeleton className={page.page} height={360} radius="lg" aria-busy />;
  return <Editor name={name} me={me} handle={handle} />;
}

const beyond = 15 * 24 * hour;
const day = 24 * hour;

function Editor({ name, me, handle }: Props & { handle: DraftHandle }) {
  const { draft, change } = handle;
  const { base, present } = draft;
  const scheduleZone = base.document.zone;
  const [view, setView] = useView(scheduleZone);
  const now = useNow(minute);
  const navigate = useNavigate();
  const refresh = useRefreshSchedules();
  const names = usePeople().data;
  const everybody = useEverybody().data;
  const calendars = useCalendars().data;
  const team = useTeams().data?.find((one) => one.name === base.document.team);
  const calendar = calendars?.find((one) => one.name === team?.calendar);
  const [layer, setLayer] = useState('');
  const [dialog, setDialog] = useState<{ key: string | null; range: Range | null } | null>(null);
  const [asked, setAsked] = useState<'publish' | 'discard' | null>(null);
  const [clashes, setClashes] = useState<Clash[] | null>(null);
  const [said, setSaid] = useState('');

  const nameOf = useCallback((login: string) => names?.get(login) ?? login, [names]);
  const strips = useMemo(() => stripsOf(view.zoom, view.date, view.zone), [view.zoom, view.date, view.zone]);
  const from = strips[0]?.from ?? now;
  const to = strips.at(-1)?.to ?? now;
  const hourNow = Math.floor(now / hour) * hour;
  const edit = useMemo(() => editOf(draft, serverNow()), [draft]);
  const [settled] = useDebouncedValue(edit, 150);
  const isNew = base.basis === null;
  const live = useTimeline(name, from - beyond, to + beyond, !isNew);
  const drafted = useDraftTimeline(name, settled, from - beyond, to + beyond);
  const lastGood = useRef(drafted.data);
  if (drafted.data) lastGood.current = drafted.data;
  // While the draft is not valid, the picture is that of the last one that was.
  const timeline = edit ? (drafted.data ?? lastGood.current ?? live.data) : live.data;
  const until = Math.min(Math.max(hourNow + 90 * day, to), hourNow + 360 * day);
  const difference = useDraftDifference(settled, hourNow, until);
  const basis = useBasis(name, now, !isNew);
  const stale = !isNew && basis.data !== undefined && basis.data !== base.basis;

  const shown = useMemo(() => overridesOf(draft), [draft]);
  const latest = useRef({ draft, shown });
  latest.current = { draft, shown };
  const roster = useMemo(() => [...new Set(present.layers.flatMap((one) => (one.slots ?? []).flat()))], [present.layers]);
  const people = useMemo(() => {
    const others = (everybody ?? []).map((person) => person.login).filter((login) => !roster.includes(login) && !team?.members.includes(login));
    return [...roster, ...(team?.members ?? []).filter((login) => !roster.includes(login)), ...others];
  }, [everybody, roster, team]);

  const apply = useCallback((next: DraftState) => change(next), [change]);
  const move = useCallback(
    (key: string, start: number, end: number) => {
      const one = latest.current.shown.find((other) => other.key === key);
      if (!one) return;
      const [begins, ends] = [new Date(start).toISOString(), new Date(end).toISOString()];
      apply(withOverride(latest.current.draft, key, { ...one.override, from: begins, to: ends }));
      setSaid(t.override.moved(wordsOf(one, nameOf), intervalText(begins, ends, serverNow(), view.zone)));
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-override="${one.id}"]`)?.focus();
      });
    },
    [apply, nameOf, view.zone],
  );
  const remove = useCallback((key: string) => apply(withoutOverride(latest.current.draft, key)), [apply]);
  const open = useCallback((key: string) => setDialog({ key, range: null }), []);

  const { undo: stepBack, redo: stepOn } = handle;
  const undo = useCallback(() => {
    stepBack();
    setSaid(t.saidOf.undone);
  }, [stepBack]);
  const redo = useCallback(() => {
    stepOn();
    setSaid(t.saidOf.redone);
  }, [stepOn]);
  useEffect(() => {
    const keys = (event: globalThis.KeyboardEvent): void => {
      const letter = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== 'z' && letter !== 'y')) return;
      // Where somebody writes, the field has an undo of its own.
      if ((event.target as HTMLElement | null)?.closest('input:not([type=checkbox]), textarea, [role=dialog]')) return;
      event.preventDefault();
      if (letter === 'y' || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [undo, redo]);

  const label = useCallback(
    (of: string) => (
      <button type="button" className={styles.layerLabel} aria-label={t.layer.edit(of)} title={of} data-open={of === layer || undefined} onClick={() => setLayer(of)}>
        <span>{of}</span>
        <IconPencil size={13} aria-hidden />
      </button>
    ),
    [layer],
  );
  const first = strips[0];
  const between = (strip: Strip, onTip: OnTip) => (
    <OverrideRow strip={strip} zoom={view.zoom} zone={view.zone} overrides={shown} nameOf={nameOf} now={now} first={strip === first} onTip={onTip} onMove={move} onEdit={open} onRemove={remove} />
  );
  const above = useExtraRows({ schedule: name, timeline, layers: view.layers, layerLabel: label, between });
  const positions = useMemo(
    () => (present.layers.some((one) => one.position === 'secondary') || timeline?.items.some((shift) => shift.position === 'secondary') ? ['primary', 'secondary'] : ['primary']),
    [present.layers, timeline],
  );
  const changes = edit ? (difference.data?.changes.filter((one) => one.schedule === name) ?? []) : [];
  const marks = (strip: Strip, position: string) =>
    changes
      .filter((one) => one.position === position && Date.parse(one.from) < strip.to && Date.parse(one.to) > strip.from)
      .map((one) => {
        const left = place(strip, Date.parse(one.from));
        const width = place(strip, Date.parse(one.to)) - left;
        const where = { left: `${100 * left}%`, width: `${100 * width}%` };
        const second = position !== positions[0] || undefined;
        return [
          <span key={`was ${one.from}`} className={styles.was} data-second={second} style={{ ...where, '--hue': hue(one.before[0] ?? '') } as React.CSSProperties} title={t.compare.was(one.before.map(nameOf).join(', ') || t.compare.nobody)} />,
          // Beside others as narrow as itself a ring would hide more than it shows.
          width > 0.015 && <span key={`is ${one.from}`} className={styles.changed} data-second={second} style={where} />,
        ];
      });
  const addLayer = (): void => {
    const made = freeName(present.layers, t.layer.word);
    const top = 1 + Math.max(0, ...present.layers.map((_, index) => levelOf(present.layers, index)));
    // From Monday, so that it holds at once and weeks change on Mondays.
    const today = dateOf(now, scheduleZone);
    const clock = present.layers.find((one) => one.start)?.start?.slice(11) ?? '10:00';
    const slots = (team?.members.length ? team.members : [me.login]).map((login) => [login]);
    const next: LayerDoc = { name: made, position: 'primary', ...(top !== present.layers.length + 1 && { level: top }), start: `${addDays(today, -weekday(today))}T${clock}`, turn: '1w', slots };
    apply({ ...present, layers: [...present.layers, next] });
    setLayer(made);
    setView({ layers: null });
  };

  const faults = difference.error instanceof ApiError ? (difference.error.problem.errors ?? []) : [];
  const faultOf = (field: string): string | undefined => {
    const index = present.layers.findIndex((one) => one.name === layer);
    return faults.find(({ path }) => {
      const [, which, rest = ''] = /layers\[([^\]]*)\]\.?(.*)$/.exec(path) ?? [];
      return (which === layer || which === String(index)) && rest.startsWith(field);
    })?.message;
  };

  const resolve = (next: Live, mine: boolean): void => {
    if (mine) {
      const result = rebasedDraft(draft, next, serverNow());
      handle.replace(result.draft);
      setClashes(result.clashes);
    } else {
      handle.drop();
      setClashes(null);
    }
    refresh();
  };

  const leave = (): void => {
    if (isNew) void navigate('/schedules');
    else setView({ draft: null, layers: null });
  };
  const discard = (): void => {
    leave();
    handle.drop();
  };

  return (
    <div className={`${page.page} ${styles.page}`}>
      <h1 className={styles.spoken}>
        {t.title}: {name}
      </h1>
      <DraftBar handle={handle} blocked={stale} onUndo={undo} onRedo={redo} onDiscard={() => (countOf(draft) || isNew ? setAsked('discard') : discard())} onPublish={() => setAsked('publish')} onLeave={leave} />
      {stale && <ConflictPanel name={name} draft={draft} basis={basis.data ?? null} onRebase={(next) => resolve(next, true)} onTake={(next) => resolve(next, false)} />}
      {clashes && (
        <div className={styles.clashes} role="status">
          <span>{clashes.length === 0 ? t.conflict.rebased : `${t.conflict.clash(clashes.length)} ${clashes.map(({ layer: of, fields }) => (of === null ? t.conflict.overridesGone : `${of}${fields.length ? `: ${fields.join(', ')}` : ` (${t.conflict.removedLayer})`}`)).join('; ')}`}</span>
          <Button size="compact-xs" variant="default" onClick={() => setClashes(null)}>
            {t.layer.done}
          </Button>
        </div>
      )}
      <div className={styles.main}>
        <section aria-label={scheduleText.timeline.label}>
          <Toolbar
            view={view}
            change={setView}
            strips={strips}
            scheduleZone={scheduleZone}
            schedule={name}
            onCover={() => setDialog({ key: null, range: { position: 'primary', from: Math.max(now, from), to: 0 } })}
          />
          <div className={`card ${page.timeline}`}>
            <Timeline
              strips={strips}
              shifts={timeline?.items ?? []}
              zoom={view.zoom}
              zone={view.zone}
              scheduleZone={scheduleZone}
              zones={view.zones ? zonesOf(view.zone, scheduleZone, roster.map((login) => everybody?.find((person) => person.login === login)?.zone)) : []}
              date={view.date}
              calendar={calendar}
              positions={positions}
              onCover={(range) => setDialog({ key: null, range })}
              above={above}
              marks={marks}
            />
          </div>
          <div className={styles.below}>
            <p className={styles.help}>{t.override.help}</p>
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={addLayer}>
              {t.layer.add}
            </Button>
          </div>
        </section>
        <aside className={styles.side}>
          {layer && present.layers.some((one) => one.name === layer) && (
            <LayerPanel
              layers={present.layers}
              name={layer}
              scheduleZone={scheduleZone}
              people={people}
              calendars={calendars ?? []}
              faultOf={faultOf}
              onChange={(layers, next) => {
                apply({ ...present, layers });
                setLayer(next);
              }}
              onClose={() => setLayer('')}
            />
          )}
          <ComparePanel query={difference} empty={!edit} days={Math.round((until - hourNow) / day)} manager={me.role === 'admin' || me.role === 'manager'} onShow={(at) => setView({ date: dateOf(Date.parse(at), view.zone) })} />
        </aside>
      </div>
      <p className={styles.spoken} role="status">
        {said}
      </p>
      <Suspense>
        {dialog && (
          <OverrideDialog
            schedule={name}
            shown={shown.find((one) => one.key === dialog.key) ?? null}
            range={dialog.range}
            zone={view.zone}
            roster={roster}
            shifts={timeline?.items ?? []}
            onSave={(override) => {
              apply(withOverride(draft, dialog.key, override));
              setDialog(null);
            }}
            onRemove={() => {
              if (dialog.key) remove(dialog.key);
              setDialog(null);
            }}
            onBack={() => {
              const one = shown.find((other) => other.key === dialog.key);
              if (one) apply(withBack(draft, one.id));
              setDialog(null);
            }}
            onClose={() => setDialog(null)}
          />
        )}
        {asked === 'publish' && (
          <PublishDialog
            name={name}
            draft={draft}
            zone={scheduleZone}
            difference={difference.data}
            onEffective={(effective) => handle.replace({ ...draft, effective })}
            onStale={() => {
              setAsked(null);
              refresh();
            }}
            onPublished={() => {
              setView({ draft: null, layers: null });
              handle.drop();
            }}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
      {asked === 'discard' && (
        <Modal opened onClose={() => setAsked(null)} title={t.discardTitle} size={420}>
          <p>{t.discardHint(countOf(draft))}</p>
          <Group justify="flex-end" gap="xs" mt="md">
            <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
              {t.keepEditing}
            </Button>
            <Button color="red.8" onClick={discard}>
              {t.discard}
            </Button>
          </Group>
        </Modal>
      )}
    </div>
  );
}
