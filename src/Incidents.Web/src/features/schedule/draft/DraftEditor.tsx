import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../../api/client';
import { useBasis, useDraftDifference, useDraftTimeline, useTimeline } from '../../../api/drafts';
import { useEverybody, usePeople } from '../../../api/queries';
import { useCalendars, useRefreshSchedules, useTeams } from '../../../api/schedules';
import type { Me } from '../../../api/types';
import { can } from '../../../app/places';
import { serverNow, useNow } from '../../../lib/clock';
import { type Clash, countOf, type DraftState, editOf, type Live, overridesOf, rebasedDraft, startDraft, withBack, withOverride, withoutOverride } from '../../../lib/draft';
import { newLayer } from '../../../lib/newLayer';
import { intervalText } from '../../../lib/shifts';
import { type Strip, stripsOf } from '../../../lib/timeline';
import { dateOf, hour, minute } from '../../../lib/zone';
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
import { ChangeMarks } from './ChangeMarks';
import { Clashes } from './Clashes';
import { ComparePanel } from './ComparePanel';
import { ConflictPanel } from './ConflictPanel';
import { DiscardDialog } from './DiscardDialog';
import { DraftBar } from './DraftBar';
import styles from './DraftEditor.module.css';
import LayerPanel from './LayerPanel';
import { loadLive } from './loadLive';
import { OverrideRow, wordsOf } from './OverrideRow';
import { type DraftHandle, useDraft } from './useDraft';
import { useSteps } from './useSteps';

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

  const { undo, redo } = useSteps(handle, setSaid);

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
  const marks = (strip: Strip, position: string) => <ChangeMarks strip={strip} changes={changes.filter((one) => one.position === position)} second={position !== positions[0]} nameOf={nameOf} />;
  const addLayer = (): void => {
    const next = newLayer(present.layers, t.layer.word, dateOf(now, scheduleZone), team?.members.length ? team.members : [me.login]);
    apply({ ...present, layers: [...present.layers, next] });
    setLayer(next.name);
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
      {clashes && <Clashes clashes={clashes} onClose={() => setClashes(null)} />}
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
          <p className={styles.elsewhere}>{t.elsewhere([base.document.team ? t.elsewhereOf.team(base.document.team) : t.elsewhereOf.noTeam, base.document.pool && t.elsewhereOf.pool(base.document.pool), t.elsewhereOf.zone(scheduleZone)].filter(Boolean).join(', '))}</p>
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
          <ComparePanel query={difference} empty={!edit} days={Math.round((until - hourNow) / day)} manager={can(me, 'manager', null)} onShow={(at) => setView({ date: dateOf(Date.parse(at), view.zone) })} />
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
      {asked === 'discard' && <DiscardDialog count={countOf(draft)} onDiscard={discard} onClose={() => setAsked(null)} />}
    </div>
  );
}
